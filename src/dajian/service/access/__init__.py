"""Who may do what: actors, rules, scopes. Mechanism only: no body, area or membership is known here."""
