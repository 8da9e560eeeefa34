-- Nothing asks for them: the daily reminder is once a day by its dedupe key.
DROP TABLE marks;
