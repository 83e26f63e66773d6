/// All that a report shows, as data: what `report.json` holds and `report.html` is drawn from.
///
/// ```swift
/// let document = try ReportDocument(contents)     // from the files of a run
/// try document.write(to: "report.json")
/// try AtomicFile.write(document.html(), to: "report.html")
/// ```
///
/// A part that is not known is `nil`, and the page then says what is missing and which command makes
/// it. Equal documents give equal bytes.
public struct ReportDocument: Codable, Sendable, Equatable {
  /// Form of the document.
  public var format = ReportDocument.currentFormat
  /// Title of the page.
  public var title: String
  /// One run, or several to be set side by side, the first being what the others are compared with.
  public var runs: [RunReport]
  /// Paired comparisons of the first run with each other one, in their order; empty where there are
  /// none.
  public var comparisons: [PairedResult]

  /// A document of its parts.
  ///
  /// - Parameters:
  ///   - title: Title of the page.
  ///   - runs: At least one; several are set side by side.
  ///   - comparisons: Of the first run with each other one.
  public init(title: String, runs: [RunReport], comparisons: [PairedResult] = []) {
    (self.title, self.runs, self.comparisons) = (title, runs, comparisons)
  }
}
