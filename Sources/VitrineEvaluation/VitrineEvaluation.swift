// What a user of the library needs to judge maps, under one name.
@_exported import Evaluation
@_exported import EvaluationWorkflows
@_exported import ExplanationQuality
@_exported import Statistics
@_exported import Vitrine
