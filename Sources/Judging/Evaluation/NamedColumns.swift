package import Files

/// The columns of a table, found by any of several names without regard to case.
package struct NamedColumns {
  /// What the image of a row is called, where rows are marks or counts and have identifiers of their own.
  package static let imageNames =
    ["image", "image_id", "image_path", "path", "file", "file_name", "filename", "filepath", "id"]

  package let header: [String]
  private let names: [String]
  private let file: String

  package init(_ header: [String], file: String) {
    (self.header, self.file) = (header, file)
    names = header.map { $0.lowercased() }
  }

  /// The column of the first name that there is; `nil` where there is none.
  package func first(_ wanted: [String]) -> Int? { wanted.lazy.compactMap(names.firstIndex).first }

  /// The same, for a column that must be there.
  ///
  /// - Throws: `FileError.malformedLine` with the names that would do.
  package func place(_ wanted: [String], of what: String) throws(FileError) -> Int {
    guard let place = first(wanted) else {
      throw .malformedLine(
        path: file, line: 1,
        reason: "no column holds \(what); expected \(wanted.joined(separator: ", ")),"
          + " got \(header.joined(separator: ", "))")
    }
    return place
  }
}
