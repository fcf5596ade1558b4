"""A student's guide, judged by a finished one."""
