/// The little of path arithmetic that the layers share; paths are strings with `/`.
public enum FilePath {
  /// The folder that holds `path`: `a/b.csv` → `a`, `b.csv` → `.`, `/b.csv` → `/`.
  public static func folder(of path: String) -> String {
    guard let slash = path.lastIndex(of: "/") else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }

  /// The last component: `a/b.csv` → `b.csv`; a closing slash does not count.
  public static func name(of path: String) -> String {
    String(path.split(separator: "/").last ?? "")
  }

  /// The last component without its last extension: `a/b.csv` → `b`.
  public static func stem(of path: String) -> String {
    let name = name(of: path)
    guard let dot = name.lastIndex(of: "."), dot != name.startIndex else { return name }
    return String(name[..<dot])
  }

  /// The last extension in lower case, without the dot: `a/b.CSV` → `csv`; empty if there is none.
  public static func fileExtension(of path: String) -> String {
    let name = name(of: path)
    guard let dot = name.lastIndex(of: "."), dot != name.startIndex else { return "" }
    return name[name.index(after: dot)...].lowercased()
  }

  /// `path` below `folder`; an absolute path stays itself.
  public static func join(_ folder: String, _ path: String) -> String {
    if path.hasPrefix("/") || folder.isEmpty || folder == "." { return path }
    return folder.hasSuffix("/") ? folder + path : folder + "/" + path
  }
}
