import Files

/// Finds the image file that each path cell of a table names.
///
/// A path is taken as written, from the folder of the images or from the root. Where no file is there,
/// it is tried with a known extension, with `%20` and the like decoded, and, where it begins with the
/// name of the folder itself, from the folder above. Where no path of the whole table is found so, the
/// files are looked for by name below the folder. Whatever was not taken as written is counted.
struct ImagePathResolver {
  /// What became of a path.
  enum Outcome: Equatable {
    /// The whole path of the file.
    case found(String)
    /// Why there is none.
    case refused(DataProblem.Kind)
  }

  private let root: String
  /// The folder that was given for relative paths, which need not be the table's.
  private let imageRoot: String?
  /// File names of a folder by stem, and by themselves, images only.
  private var filesOfFolder: [String: [String: [String]]] = [:]
  private var index: ImageIndex?
  /// The members of archives, where images are those and no files.
  private var members: [String: Int]?
  /// What had to be read another way.
  private(set) var changes = PathChanges()

  /// - Parameters:
  ///   - root: The whole path of the folder that relative paths start from.
  ///   - imageRoot: That folder as it was given; `nil` where it is the table's own.
  init(root: String, imageRoot: String? = nil) {
    self.root = root
    self.imageRoot = imageRoot
  }

  /// Finds members of archives, which have the name that the table says and no other.
  ///
  /// - Parameter members: the number of each, by its name.
  init(members: [String: Int]) {
    self.init(root: "")
    self.members = members
  }

  /// The files or members of all paths.
  mutating func resolve(_ texts: [String]) -> [Outcome] {
    if let members {
      return texts.map { text in
        if text.isEmpty { return .refused(.emptyPath) }
        return members[text] == nil ? .refused(.sample(.noSuchMember(text))) : .found(text)
      }
    }
    let parsed = texts.map { text in
      // A file may have a backslash in its name.
      text.contains("\\") && FilePath.isFile(FilePath.join(root, text))
        ? PathText.file(text, nil) : PathText(text)
    }
    let found = parsed.map { direct($0) }
    let isSearched = found.allSatisfy { $0 == nil }
    return texts.indices.map { row in
      if texts[row].isEmpty { return .refused(.emptyPath) }
      return found[row].map { .found($0) }
        ?? searched(parsed[row], text: texts[row], isSearched: isSearched)
    }
  }

  /// The file where the path says, or nearly so.
  private mutating func direct(_ text: PathText) -> String? {
    guard case .file(let path, let spelling) = text, !path.isEmpty else { return nil }
    guard let file = file(path) ?? decoded(path) ?? fromAbove(path) else { return nil }
    if let spelling { changes.spellings[spelling, default: 0] += 1 }
    return file
  }

  private mutating func file(_ path: String) -> String? {
    let file = FilePath.join(root, path)
    if FilePath.isFile(file) { return file }
    let folder = FilePath.folder(of: file)
    let name = FilePath.name(of: file)
    let files = files(in: folder)[name] ?? []
    guard files.count == 1 else { return nil }
    let kind = FilePath.fileExtension(of: files[0])
    // The same name with its accents encoded otherwise adds no extension.
    if files[0] != name { changes.extensions[kind, default: 0] += 1 }
    return FilePath.join(folder, files[0])
  }

  private mutating func decoded(_ path: String) -> String? {
    guard path.contains("%"), let plain = FilePath.percentDecoded(path), plain != path,
      let file = file(plain)
    else { return nil }
    changes.decoded += 1
    return file
  }

  private mutating func fromAbove(_ path: String) -> String? {
    let name = FilePath.name(of: root)
    guard path.hasPrefix(name + "/"), root != "/" else { return nil }
    let file = FilePath.join(FilePath.folder(of: root), path)
    guard FilePath.isFile(file) else { return nil }
    changes.fromAbove += 1
    return file
  }

  /// The images of a folder by name and by stem; several of one stem stay several.
  private mutating func files(in folder: String) -> [String: [String]] {
    if let known = filesOfFolder[folder] { return known }
    var files: [String: [String]] = [:]
    for item in (try? FolderListing.items(folder)) ?? [] where !item.isFolder {
      guard ImageFolder.isImage(item.name) else { continue }
      files[item.name, default: []].append(item.name)
      files[FilePath.stem(of: item.name), default: []].append(item.name)
    }
    filesOfFolder[folder] = files
    return files
  }

  private mutating func searched(
    _ path: PathText, text: String, isSearched: Bool
  ) -> Outcome {
    switch path {
    case .address(let scheme): return .refused(.address(text, scheme: scheme))
    case .windows: return .refused(.windowsPath(text))
    case .upload(let name): return byName(name, text, isSearched: true, uploads: true)
    case .file(let path, let spelling):
      let outcome = byName(path, text, isSearched: isSearched, uploads: false)
      if case .found = outcome, let spelling { changes.spellings[spelling, default: 0] += 1 }
      return outcome
    }
  }

  private mutating func byName(
    _ path: String, _ text: String, isSearched: Bool, uploads: Bool
  ) -> Outcome {
    let looked = FilePath.join(root, path)
    let beside = files(in: FilePath.folder(of: looked))[FilePath.name(of: looked)] ?? []
    guard beside.count < 2 else { return .refused(.ambiguousFile(text, beside)) }
    let index = index ?? ImageIndex(root)
    self.index = index
    var files = path.hasPrefix("/") || !isSearched ? [] : index.files(path)
    if files.isEmpty && uploads { files = index.files(Self.uploadedName(path)) }
    guard files.count < 2 else { return .refused(.ambiguousFile(text, files)) }
    guard let file = files.first else {
      let root = text.hasPrefix("/") ? nil : imageRoot
      return .refused(.missingFile(text, looked: looked, root: root, hint: index.hint(path)))
    }
    if uploads { changes.uploads += 1 }
    changes.folders[FilePath.folder(of: file), default: 0] += 1
    let name = FilePath.name(of: file)
    if !uploads, name != FilePath.name(of: path) {
      changes.extensions[FilePath.fileExtension(of: name), default: 0] += 1
    }
    return .found(FilePath.join(root, file))
  }

  /// The name that a file had before Label Studio put eight hexadecimal digits and a hyphen before it.
  private static func uploadedName(_ name: String) -> String {
    let mark = name.prefix(9)
    guard mark.count == 9, mark.last == "-", mark.dropLast().allSatisfy(\.isHexDigit) else {
      return name
    }
    return String(name.dropFirst(9))
  }
}
