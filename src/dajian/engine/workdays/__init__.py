"""Working days of China: chinesecalendar, and over it a table for years that it does not hold."""
