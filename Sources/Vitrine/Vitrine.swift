// What a user of the library needs, under one name.
@_exported import Catalogs
@_exported import Explanations
@_exported import Figures
@_exported import GraphExecution
@_exported import GraphIR
@_exported import GraphRewriting
@_exported import ImageData
@_exported import Operations
@_exported import SpectralData
@_exported import TensorCore
@_exported import Workflows
