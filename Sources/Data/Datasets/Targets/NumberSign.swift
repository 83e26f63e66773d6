import Files

/// What speaks for a target that is a number: labels that are all numbers, of which some are not whole.
///
/// Whole numbers are classes or grades as often as counts, and so are a few values that repeat, such as 0, .5 and 1; they stay
/// classes until it is said that they are numbers.
public struct NumberSign: Sendable, Equatable {
  /// So few different values may be grades or codes, where each repeats.
  static let fewValues = 50
  /// How often each of them repeats then, on average.
  static let repeats = 5

  /// In words, to stand behind "target: a number": `the column 'age' holds numbers such as 3.5`.
  public let sign: String

  /// The sign that data give; nil where nothing speaks for it, and where they cannot be read.
  ///
  /// Looks at arrays of labels and at the first rows of a table.
  ///
  /// - Parameters:
  ///   - path: file or folder.
  ///   - columns: which columns of a table are meant.
  ///   - rowLabels: a table that says what rows of an array of features are.
  public static func found(
    at path: String, columns: ColumnNames = ColumnNames(), rowLabels: String? = nil
  ) -> NumberSign? {
    if let rowLabels { return table(rowLabels, columns) }
    guard let file = try? LabelSign.file(at: path) else { return nil }
    switch FilePath.fileExtension(of: file) {
    case "npz": return archive(file) ?? beside(file, columns)
    case "npy", "safetensors": return beside(file, columns)
    default: return table(file, columns)
    }
  }

  private static func archive(_ path: String) -> NumberSign? {
    guard let archive = try? NpzArchive(path: path),
      let name = ["labels", "y"].first(where: archive.names.contains),
      let array = try? archive.array(name), array.integers == nil,
      array.shape.count == 1 || array.shape.count == 2 && array.shape[1] == 1
    else { return nil }
    return sign(of: array.doubles.map { "\($0)" }, in: "the array '\(name)'")
  }

  /// Of features, what lies beside them.
  private static func beside(_ path: String, _ columns: ColumnNames) -> NumberSign? {
    guard let file = try? FeatureFolder.labels(of: path) else { return nil }
    guard FilePath.fileExtension(of: file) == "npy" else { return table(file, columns) }
    guard let bytes = try? FileBytes.read(file),
      let array = try? NpyArray(parsing: bytes, name: file), array.integers == nil
    else { return nil }
    return sign(of: array.doubles.map { "\($0)" }, in: "the array '\(FilePath.name(of: file))'")
  }

  private static func table(_ path: String, _ request: ColumnNames) -> NumberSign? {
    guard let table = try? LabelSign.head(of: path),
      let label = try? ColumnChooser(table, request, labels: .optional).rowColumns().label,
      case .column(let index) = label
    else { return nil }
    return sign(of: table.values(index), in: "the column '\(table.name(index))'")
  }

  /// The sign of cells: all that are filled are numbers, one at least is not whole, and they are no few values that repeat.
  static func sign(of cells: [String], in place: String) -> NumberSign? {
    var (example, values, count): (String?, Set<Double>, Int) = (nil, [], 0)
    for cell in cells where !cell.isEmpty {
      guard let number = Dataset.number(cell) else { return nil }
      if example == nil, number != number.rounded() { example = cell }
      if values.count <= fewValues { values.insert(number) }
      count += 1
    }
    guard values.count > fewValues || count < repeats * values.count else { return nil }
    return example.map { NumberSign(sign: "\(place) holds numbers such as \($0.prefix(20))") }
  }
}
