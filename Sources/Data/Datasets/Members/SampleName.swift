import Files

/// A member's name as WebDataset reads it: up to the first dot of its last component it names the sample, and the rest
/// is the field.
///
/// Source of the convention: WebDataset, `webdataset.tariterators.base_plus_ext` and `group_by_keys`.
struct SampleName {
  /// The sample, with its folders.
  let sample: String
  /// The field in lower case: `jpg`, `cls`, `left.png`.
  let field: String

  /// The parts of a name; nil where its last component has no dot, or begins with it.
  init?(_ name: String) {
    let base = name.lastIndex(of: "/").map { name.index(after: $0) } ?? name.startIndex
    guard let dot = name[base...].firstIndex(of: "."), dot != base else { return nil }
    sample = String(name[..<dot])
    field = name[name.index(after: dot)...].lowercased()
  }

  /// Whether the field is an image: `png`, and `left.png` too.
  var isImage: Bool { ImageFolder.isImage("x.\(field)") }

  /// A member's name without `./` and `/` before it, which say nothing in an archive.
  static func plain(_ name: String) -> String {
    String(PathText.normalised(name).drop { $0 == "/" })
  }
}
