// EvaluationFigures
