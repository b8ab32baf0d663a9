"""Install, uninstall, doctor: what each host's settings look like."""
