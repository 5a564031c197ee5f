"""Bridges: every bridge of an inventory screened against an axle train by JTG/T 2213—2023 (初筛, never a 评价报告)."""
