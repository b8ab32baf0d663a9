"""The mission as data: job, results, enhancement and usage tables, statuses, workflow kinds, known templates."""
