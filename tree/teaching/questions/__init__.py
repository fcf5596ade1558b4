"""Questions to practise on, and how answers are graded."""
