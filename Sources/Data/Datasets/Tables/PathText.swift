import Files

/// What the path cell of a table names: a file, in whatever spelling, or something that is none here.
enum PathText: Equatable {
  /// A way in which a path was written that had to be read another way.
  enum Spelling: String, CaseIterable {
    case backslashes, fileAddress, labelStudio
  }

  /// A path with `/`, relative to the folder of the images or from the root.
  case file(String, Spelling?)
  /// A file that Label Studio keeps under its own name, `/data/upload/1/5f3a1c2e-a.png`.
  case upload(String)
  /// An address of the web or of a store: `https:`, `s3:`, ….
  case address(scheme: String)
  /// A path of Windows with a drive or a server.
  case windows

  init(_ text: String) {
    if let scheme = Self.scheme(of: text) {
      guard scheme == "file", let path = Self.path(ofFileAddress: text) else {
        self = .address(scheme: scheme)
        return
      }
      self = Self.hasDrive(path.dropFirst()) ? .windows : .file(path, .fileAddress)
    } else if Self.hasDrive(text[...]) || text.hasPrefix("\\\\") {
      self = .windows
    } else if text.hasPrefix("/data/local-files/"), let path = Self.path(ofLocalFile: text) {
      self = .file(path, .labelStudio)
    } else if text.hasPrefix("/data/upload/") {
      self = .upload(FilePath.name(of: FilePath.percentDecoded(text) ?? text))
    } else if text.contains("\\") {
      self = .file(Self.normalised(text.replacing("\\", with: "/")), .backslashes)
    } else {
      self = .file(Self.normalised(text), nil)
    }
  }

  /// `./a//b.jpg` and `a/b.jpg` are one file.
  static func normalised(_ path: String) -> String {
    guard path.hasPrefix(".") || path.contains("//") || path.contains("/./") else { return path }
    let parts = path.split(separator: "/").filter { $0 != "." }
    return (path.hasPrefix("/") ? "/" : "") + parts.joined(separator: "/")
  }

  /// The scheme of an address, in lower case; one letter is a drive, and a colon later in a file name
  /// is a colon.
  private static func scheme(of text: String) -> String? {
    guard let colon = text.utf8.firstIndex(of: UInt8(ascii: ":")) else { return nil }
    let scheme = text[..<colon].lowercased()
    let rest = text[colon...].dropFirst()
    guard rest.hasPrefix("//") || ["file", "data"].contains(scheme), scheme.count > 1,
      scheme.first?.isLetter == true,
      scheme.allSatisfy({ $0.isLetter || $0.isNumber || "+.-".contains($0) })
    else { return nil }
    return scheme
  }

  private static func hasDrive(_ text: Substring) -> Bool {
    let start = text.utf8.prefix(3)
    guard start.count > 2, let letter = text.first, letter.isASCII, letter.isLetter else {
      return false
    }
    let rest = text.dropFirst()
    return rest.hasPrefix(":\\") || rest.hasPrefix(":/")
  }

  /// `file:///a/b%20c.png`, `file://localhost/a/b.png` and `file:/a/b.png`.
  private static func path(ofFileAddress text: String) -> String? {
    var rest = text.dropFirst(5)
    if rest.hasPrefix("//") {
      rest = rest.dropFirst(2)
      if rest.hasPrefix("localhost/") { rest = rest.dropFirst(9) }
    }
    guard let path = FilePath.percentDecoded(rest), !path.isEmpty else { return nil }
    return normalised(path.replacing("\\", with: "/"))
  }

  /// `/data/local-files/?d=folder/a.png`
  private static func path(ofLocalFile text: String) -> String? {
    guard let query = text.split(separator: "?", maxSplits: 1).dropFirst().first else { return nil }
    let fields = query.split(separator: "&").filter { $0.hasPrefix("d=") }
    guard let path = fields.first.map({ $0.dropFirst(2) }).flatMap(FilePath.percentDecoded),
      !path.isEmpty
    else { return nil }
    return normalised(path)
  }
}
