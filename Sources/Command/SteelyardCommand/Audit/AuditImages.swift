import Audit
import Datasets
import Parallel

/// The images of an audit: measured, compared with each other, and to be shown.
struct AuditImages {
  let audit: PictureAudit
  /// Images that show the same picture, whatever their labels.
  let copies: NearCopyReport
  private let data: Dataset
  /// The rows of image files, by their paths.
  private let pictures: [String: Int]

  /// Measures every labelled image of a data set.
  ///
  /// - Parameters:
  ///   - path: the data.
  ///   - threads: how many decode.
  ///   - orNone: whether data without images are nil, and no error.
  /// - Throws: `DatasetError` for whatever is wrong with the data, the first image that does not decode among it.
  init?(_ path: String, threads: Int, orNone: Bool) throws {
    let data = try Dataset.open(path, TrainOptions())
    guard data.inputKind == .images else {
      if orNone { return nil }
      throw OptionError.conflict("data: \(path) has no images, but \(data.inputKind.rawValue)")
    }
    let rows = data.examples.indices.filter { data.examples[$0].label != nil }
    let results = inParallel(rows.count, threads: threads) {
      place -> Result<ImageFacts, DatasetError> in
      let row = rows[place]
      do throws(DatasetError) {
        var bytes: Int?
        if data.examples[row].source.isImageFile { bytes = try data.bytes(at: row).count }
        return .success(ImageFacts(try data.image(at: row), fileBytes: bytes))
      } catch {
        return .failure(error)
      }
    }
    let names = Set(rows.compactMap { data.examples[$0].label }).sorted()
    let places = Dictionary(
      names.enumerated().map { ($0.element, Int32($0.offset)) }, uniquingKeysWith: { $1 })
    audit = PictureAudit(
      try results.map { try $0.get() }, paths: rows.map { data.examples[$0].path },
      labels: rows.map { places[data.examples[$0].label ?? ""] ?? 0 }, classes: names)
    let survey = Survey.kept(data, of: path, threads: threads, isFresh: false)
    copies = NearCopyReport(data, NearCopies(data, survey, threads: threads))
    self.data = data
    pictures = rows.reduce(into: [:]) { pictures, row in
      if data.examples[row].source.isImageFile { pictures[data.examples[row].path] = row }
    }
  }

  /// Whether there is a picture of this path.
  func has(_ path: String) -> Bool { pictures[path] != nil }

  /// The bytes of the picture of a path; nil where there is none.
  func bytes(_ path: String) -> [UInt8]? { pictures[path].flatMap { try? data.bytes(at: $0) } }
}
