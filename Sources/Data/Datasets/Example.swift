public import Files

/// Where the content of an example is.
public enum ExampleSource: Sendable, Equatable {
  /// An image file, by its absolute path.
  case file(String)
  /// An image of the data set's ``PixelStore``, by its number.
  case pixels(Int)
  /// An image file in an archive, of the data set's ``MemberStore``, by its number.
  case member(Int)
  /// A row of the data set's ``RowStore``, by its number.
  case row(Int)

  /// Whether the content is that of an image file, be it in an archive.
  public var isImageFile: Bool {
    switch self {
    case .file, .member: true
    case .pixels, .row: false
    }
  }
}

/// One image, feature vector or series, and what the data set says of it.
public struct Example: Sendable, Equatable {
  /// What the user is shown, and what tables name it by; unique in the data set.
  public var path: String
  /// Where its pixels or numbers are.
  public var source: ExampleSource
  /// Its class by name, or its number as the data write it; nil in an unlabelled set, and where it may have several labels.
  public var label: String?
  /// Its number, where the data set's ``Dataset/target`` is one.
  public var number: Double?
  /// Whether it has each label of the data set's ``Dataset/labelNames``, `[L]`; nil in it where that is not known, and nil
  /// as a whole where examples have classes.
  public var labels: [Bool?]?
  /// Its part of the data; nil before the data are split.
  public var split: Split?
  /// What must stay together when the data are split: a patient, a slide, a scene.
  public var group: String?
  /// The study that it is a view of, where ``Dataset/studyColumn`` names one; nil where it is a study of its own.
  public var study: String?
  /// The other columns of the table, by name.
  public var attributes: [String: String]
  /// The file that told us of it, or the archive that it stands in.
  public var file: String
  /// The line of ``file``, from 1; nil when the file is the image itself, or has no lines.
  public var line: Int?
  /// SHA-256 of the bytes of its image file, or of its stored pixels; nil where they have not been read.
  public var digest: ContentDigest?

  /// Where it was found, for messages: `labels.csv:17`, or `a.tar/cat/1.jpg` in an archive.
  public var origin: String {
    if case .member = source { return "\(file)/\(path)" }
    return line.map { "\(file):\($0)" } ?? file
  }

  /// An example from its parts; `labels` is `[L]` where the data have L labels.
  public init(
    path: String, source: ExampleSource, label: String? = nil, labels: [Bool?]? = nil,
    split: Split? = nil, group: String? = nil, attributes: [String: String] = [:], file: String,
    line: Int? = nil
  ) {
    self.path = path
    self.source = source
    self.label = label
    self.labels = labels
    self.split = split
    self.group = group
    self.attributes = attributes
    self.file = file
    self.line = line
  }
}
