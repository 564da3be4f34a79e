@testable import Chemometrics

/// Exercises (chins, sit-ups, jumps) and physiology (weight, waist, pulse) of twenty men.
///
/// The data of A. C. Linnerud that textbooks of partial least squares use (M. Tenenhaus, La
/// régression PLS, 1998).
enum Linnerud {
  static let exercises: [[Double]] = [
    [5, 162, 60], [2, 110, 60], [12, 101, 101], [12, 105, 37], [13, 155, 58], [4, 101, 42],
    [8, 101, 38], [6, 125, 40], [15, 200, 40], [17, 251, 250], [17, 120, 38], [13, 210, 115],
    [14, 215, 105], [1, 50, 50], [6, 70, 31], [12, 210, 120], [4, 60, 25], [11, 230, 80],
    [15, 225, 73], [2, 110, 43],
  ]

  static let physiology: [[Double]] = [
    [191, 36, 50], [189, 37, 52], [193, 38, 58], [162, 35, 62], [189, 35, 46], [182, 36, 56],
    [211, 38, 56], [167, 34, 60], [176, 31, 74], [154, 33, 56], [169, 34, 50], [166, 33, 52],
    [154, 34, 64], [247, 46, 50], [193, 36, 46], [202, 37, 62], [176, 37, 54], [157, 32, 52],
    [156, 33, 54], [138, 33, 68],
  ]
}

/// Sepal length and width and petal length of 23 irises, from the data of Fisher (1936).
///
/// Eight setosa, eight versicolor and seven virginica.
enum Irises {
  static let rows: [[Double]] = [
    [5.1, 3.5, 1.4], [4.9, 3.0, 1.4], [4.7, 3.2, 1.3], [4.6, 3.1, 1.5], [5.0, 3.6, 1.4],
    [5.4, 3.9, 1.7], [4.6, 3.4, 1.4], [5.0, 3.4, 1.5], [7.0, 3.2, 4.7], [6.4, 3.2, 4.5],
    [6.9, 3.1, 4.9], [5.5, 2.3, 4.0], [6.5, 2.8, 4.6], [5.7, 2.8, 4.5], [6.3, 3.3, 4.7],
    [4.9, 2.4, 3.3], [6.3, 3.3, 6.0], [5.8, 2.7, 5.1], [7.1, 3.0, 5.9], [6.3, 2.9, 5.6],
    [6.5, 3.0, 5.8], [7.6, 3.0, 6.6], [4.9, 2.5, 4.5],
  ]

  static let classes = ClassLabels(
    Array(repeating: "setosa", count: 8) + Array(repeating: "versicolor", count: 8)
      + Array(repeating: "virginica", count: 7))
}
