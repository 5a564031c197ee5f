"""Line drawings on a field of 24 × 24, drawn for this project: the `d` of one path each."""

ICONS = {
    "inbox": "M4 13l2.5-8h11L20 13v6H4zM4 13h4.5l1.5 2.5h4l1.5-2.5H20",
    "search": "M10.5 4a6.5 6.5 0 1 1 0 13a6.5 6.5 0 1 1 0-13M15.2 15.2L20 20",
    "down": "M6 9l6 6 6-6",
    "download": "M12 4v11M7.5 10.5L12 15l4.5-4.5M5 20h14",
    "upload": "M12 15V4M7.5 8.5L12 4l4.5 4.5M5 20h14",
    "table": "M4 5h16v14H4zM4 10h16M4 14.5h16M10 10v9",
    "paper": "M7 3h7l4 4v14H7zM14 3v4h4M10 12h5M10 16h5",
    "plus": "M12 5v14M5 12h14",
    "check": "M5 12.5l4.5 4.5L19 7.5",
    "back": "M9 7l-4 4 4 4M5 11h9a5 5 0 0 1 0 9h-3",
    "print": "M7 9V4h10v5M7 17H4V9h16v8h-3M7 14h10v6H7z",
    "clock": "M12 4a8 8 0 1 1 0 16a8 8 0 1 1 0-16M12 8v4.5l3 2",
}
