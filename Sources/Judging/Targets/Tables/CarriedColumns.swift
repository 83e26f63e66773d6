public import Evaluation

/// The columns of a table that travel with its predictions: groups, splits, studies, attributes.
public struct CarriedColumns: Sendable, Equatable {
  /// The columns, in the order of the file.
  public let columns: [Predictions.Column]

  /// - Parameter columns: The columns, `[N]` each.
  public init(_ columns: [Predictions.Column] = []) { self.columns = columns }

  /// Names of the columns.
  public var names: [String] { columns.map(\.name) }

  /// The column of exactly this name; `nil` where there is none.
  public func named(_ name: String) -> Predictions.Column? { columns.first { $0.name == name } }

  /// The column of the groups: of this name, or for the usual `group` also `patient_id` and its like, as of
  /// predictions of classes.
  ///
  /// - Parameter name: Its name.
  /// - Returns: `nil` where there is none.
  public func groups(_ name: String) -> Predictions.Column? {
    let usual =
      name == PredictionColumns.groupNames[0] ? among(PredictionColumns.groupNames) : nil
    return named(name) ?? usual
  }

  /// Split of each row: the column `split`, or, without one, `fold`; `nil` where there is none.
  public var splits: [String]? { among(PredictionColumns.splitNames)?.values }

  /// Some of the rows, in the order asked for.
  func keeping(_ rows: [Int]) -> CarriedColumns {
    CarriedColumns(
      columns.map { column in Predictions.Column(column.name, rows.map { column.values[$0] }) })
  }

  private func among(_ names: [String]) -> Predictions.Column? {
    names.lazy.compactMap { name in columns.first { $0.name.lowercased() == name } }.first
  }
}
