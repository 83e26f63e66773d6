import Evaluation
public import Files
import Requirements

/// What a model said about a number of each example, with an interval or without.
public struct NumberPredictions: Sendable, Equatable {
  /// What identifies each example, `[N]`, all different.
  public let paths: [String]
  /// The true number of each example, `[N]`; `nil` where not known.
  public let truths: [Double?]
  /// The predicted number, `[N]`.
  public let predicted: [Double]
  /// Ends of the prediction intervals, `[N]`; `nil` where there are none.
  public let intervals: [ClosedRange<Double>]?
  /// Columns carried along, `[N]` each.
  public let carried: CarriedColumns

  /// A set of predictions.
  ///
  /// - Parameters:
  ///   - paths: What identifies each example, `[N]`, all different.
  ///   - truths: The true numbers, `[N]`; `nil` where not known.
  ///   - predicted: The predicted numbers, `[N]`.
  ///   - intervals: Ends of the prediction intervals, `[N]`; `nil` where there are none.
  ///   - carried: Columns carried along, `[N]` each.
  /// - Precondition: the lengths agree, and all numbers are finite.
  public init(
    paths: [String], truths: [Double?], predicted: [Double],
    intervals: [ClosedRange<Double>]? = nil, carried: CarriedColumns = CarriedColumns()
  ) {
    require(
      truths.count == paths.count && predicted.count == paths.count
        && (intervals?.count ?? paths.count) == paths.count
        && Set(paths).count == paths.count,
      "NumberPredictions: expected \(paths.count) different paths, truths, predictions and intervals, got"
        + " \(truths.count), \(predicted.count) and \(intervals?.count ?? 0)")
    require(
      predicted.allSatisfy(\.isFinite) && truths.allSatisfy { $0?.isFinite ?? true },
      "NumberPredictions: expected finite numbers")
    (self.paths, self.truths, self.predicted) = (paths, truths, predicted)
    (self.intervals, self.carried) = (intervals, carried)
  }

  /// Number of examples `N`.
  public var count: Int { paths.count }

  /// Some of the rows, in the order asked for.
  ///
  /// - Parameter rows: Numbers of rows, `[M]`.
  /// - Returns: M examples.
  /// - Precondition: the rows lie in `0..<N` and differ.
  public func keeping(_ rows: [Int]) -> NumberPredictions {
    NumberPredictions(
      paths: rows.map { paths[$0] }, truths: rows.map { truths[$0] },
      predicted: rows.map { predicted[$0] },
      intervals: intervals.map { intervals in rows.map { intervals[$0] } },
      carried: carried.keeping(rows))
  }

  /// The rows whose truth is known, in the order of their paths.
  public var judged: NumberPredictions {
    keeping(
      paths.indices.filter { truths[$0] != nil }.sorted { paths[$0] < paths[$1] })
  }

  /// Reads a table of numbers.
  ///
  /// - what identifies an example: `path`, `id`, `image`, …;
  /// - the true number, `y_true` or any of its usual names, blank where it is not known;
  /// - the predicted number, `y_pred` or any of its usual names;
  /// - `lower` and `upper`, both or none: the ends of a prediction interval;
  /// - any other column is carried along.
  ///
  /// - Parameters:
  ///   - path: A file separated by commas, semicolons or tabs.
  ///   - needsTruth: whether a table without a column of true numbers is refused; else none of them is known.
  /// - Throws: `FileError` naming file, line and column.
  public static func read(
    _ path: String, needsTruth: Bool = true
  ) throws(FileError) -> NumberPredictions {
    var reader = try DelimitedReader(detecting: path)
    return try read(&reader, file: path, needsTruth)
  }

  /// Reads a table from memory, as ``read(_:)``.
  ///
  /// - Parameters:
  ///   - bytes: The whole table.
  ///   - name: What errors call it.
  /// - Throws: As ``read(_:)``.
  public static func read(bytes: [UInt8], name: String) throws(FileError) -> NumberPredictions {
    var reader = try DelimitedReader(detecting: bytes, name: name)
    return try read(&reader, file: name, true)
  }
}

extension NumberPredictions {
  private struct Columns {
    let id, guess: Int
    let truth: Int?
    let ends: [Int]
    let carried: [Int]

    init(_ header: [String], file: String, _ needsTruth: Bool) throws(FileError) {
      let names = NamedColumns(header, file: file)
      id = try names.place(PredictionColumns.idNames, of: "the examples")
      truth =
        needsTruth
        ? try names.place(PredictionColumns.truthNames, of: "the true number")
        : names.first(PredictionColumns.truthNames)
      guess = try names.place(PredictionColumns.decisionNames, of: "the predicted number")
      ends = ["lower", "upper"].compactMap { names.first([$0]) }
      guard ends.count != 1 else {
        let missing = names.first(["lower"]) == nil ? "lower" : "upper"
        throw .malformedLine(
          path: file, line: 1,
          reason: "a prediction interval has two ends, and there is no column \(missing); add it")
      }
      let used = Set([id, guess] + [truth].compactMap(\.self) + ends)
      carried = header.indices.filter { !used.contains($0) }
    }
  }

  /// What to do about a cell that is no finite number.
  private static func advice(_ text: String) -> String {
    if text.contains(where: \.isNumber), Double(text) == nil {
      return
        "; write it with a point before decimals, and with no unit and nothing between thousands"
    }
    return "; correct it, or leave the row out"
  }

  private static func read(
    _ reader: inout DelimitedReader, file: String, _ needsTruth: Bool
  ) throws(FileError) -> NumberPredictions {
    let header = reader.columns
    let columns = try Columns(header, file: file, needsTruth)
    var rows = TargetRows(carried: columns.carried)
    var (truths, predicted, intervals): ([Double?], [Double], [ClosedRange<Double>]) = ([], [], [])
    var record = DelimitedRecord()
    while try reader.next(into: &record) {
      let path = try rows.add(record, id: columns.id)
      func number(_ column: Int) throws(FileError) -> Double {
        if let number = record.number(column), number.isFinite { return number }
        let text = try record.text(column)
        throw .malformedLine(
          path: record.file, line: record.line,
          reason: "\(header[column]) of '\(path)': expected a number, got '\(text)'\(advice(text))")
      }
      if let truth = columns.truth, !Label.isMissing(try record.text(truth)) {
        truths.append(try number(truth))
      } else {
        truths.append(nil)
      }
      predicted.append(try number(columns.guess))
      guard columns.ends.count == 2 else { continue }
      let (low, high) = (try number(columns.ends[0]), try number(columns.ends[1]))
      guard low <= high else {
        throw .malformedLine(
          path: record.file, line: record.line,
          reason: "lower of '\(path)' is \(low), above upper, \(high); were the columns exchanged?")
      }
      intervals.append(low...high)
    }
    guard !rows.paths.isEmpty else {
      throw .malformed(path: file, reason: "has no rows, so there is nothing to measure")
    }
    return NumberPredictions(
      paths: rows.paths, truths: truths, predicted: predicted,
      intervals: columns.ends.isEmpty ? nil : intervals, carried: rows.columns(header))
  }
}
