// EvaluationWorkflows
