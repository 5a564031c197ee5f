"""The Django project: who may do what, what is kept, what is shown."""
