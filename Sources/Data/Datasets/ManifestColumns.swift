/// What the columns of a table mean. Names are recognised in any case; when a table has two of a
/// role, the one named first here is used and the other stays an attribute.
public struct ManifestColumns: Sendable, Equatable {
  /// Names of the column with the image, from the table's folder or absolute.
  public static let pathNames = ["path", "file_name", "filepath", "image"]
  /// Names of the column with the class.
  public static let labelNames = ["label", "target", "class", "dx"]
  /// Names of the column with the split, in the words of ``Split/init(synonym:)``. A column called
  /// `fold` may hold numbers, the folds of a cross-validation: then it is an attribute as any other.
  public static let splitNames = ["split", "fold"]
  /// Names of the column with the group: patient, subject, slide.
  public static let groupNames = ["group", "patient_id", "subject_id", "PatientID"]

  /// All columns, in file order.
  public let names: [String]
  /// Position of the image column.
  public let path: Int
  /// Position of the class column, if there is one.
  public let label: Int?
  /// Position of the split column, if there is one.
  public let split: Int?
  /// Position of the group column, if there is one.
  public let group: Int?
  /// Positions of the other columns.
  public let attributes: [Int]

  /// Recognises the columns of a header.
  ///
  /// - Parameters:
  ///   - names: the header.
  ///   - file: what errors call the table.
  ///   - labels: whether a class column is needed.
  /// - Throws: ``DatasetError/missingColumn(path:role:found:accepted:)``.
  public init(_ names: [String], file: String, labels: LabelPolicy) throws(DatasetError) {
    func position(_ accepted: [String]) -> Int? {
      for name in accepted {
        if let index = names.firstIndex(where: { $0.lowercased() == name.lowercased() }) {
          return index
        }
      }
      return nil
    }
    guard let path = position(Self.pathNames) else {
      throw .missingColumn(
        path: file, role: "image path", found: names, accepted: Self.pathNames)
    }
    label = position(Self.labelNames)
    if label == nil && labels == .required {
      throw .missingColumn(path: file, role: "label", found: names, accepted: Self.labelNames)
    }
    self.names = names
    self.path = path
    split = position(Self.splitNames)
    group = position(Self.groupNames)
    let used = [path, label, split, group]
    attributes = names.indices.filter { !used.contains($0) }
  }
}
