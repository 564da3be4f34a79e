// What a user of the library needs for training and studies of spectra, under one name.
@_exported import Chemometrics
@_exported import ExplanationQuality
@_exported import NetworkTraining
@_exported import Reports
@_exported import Statistics
@_exported import StudyEngine
@_exported import StudyReports
@_exported import StudyWorkflows
@_exported import Vitrine
