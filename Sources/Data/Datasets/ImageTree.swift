import Files

/// What lies below one top folder of a data set.
struct ImageTree {
  /// Name of the top folder.
  let top: String
  /// The images from the root, sorted: `train/cat/1.jpg`.
  private(set) var images: [String] = []
  /// Folders directly below the top folder, from the root: `train/cat`.
  private(set) var folders: [String] = []
  /// Tables that say more about images, anywhere below: `train/metadata.csv`.
  private(set) var tables: [String] = []
  /// All other files.
  private(set) var others = UncountedTally()

  /// Lists the folder `top` of `root`; an empty `top` is the root itself.
  init(_ root: String, _ top: String) throws(DatasetError) {
    self.top = top
    var waiting = [FolderChain(top, below: top.isEmpty ? nil : root)]
    while let chain = waiting.popLast() {
      let folder = chain.folder
      let place = FilePath.join(root, folder)
      guard let inside = chain.entered(place) else {
        throw .file(
          .malformed(
            path: place,
            reason:
              "is a link to a folder that holds it, so that its images would be counted without"
              + " end; remove the link"))
      }
      guard chain.depth < 64 else {
        throw .file(
          .malformed(path: place, reason: "folders nest deeper than 64; move the images up"))
      }
      let items = try FolderListing.itemsOrDatasetError(place, hidden: true)
      for item in items {
        let path = FilePath.join(folder, item.name)
        if !item.isFolder {
          add(path, in: root)
        } else if Self.isSearched(item.name) {
          waiting.append(inside.holding(path))
          if chain.depth == 0 { folders.append(path) }
        }
      }
    }
    sort()
  }

  /// Lists what lies below `root` as far as it can be read, and no further than `limit` files.
  ///
  /// - Parameter names: files of the root itself that are passed over.
  init(searching root: String, limit: Int, passingOver names: Set<String> = []) {
    top = ""
    var waiting = [FolderChain("", below: nil)]
    var seen = 0
    while let chain = waiting.popLast(), chain.depth < 64, seen < limit {
      let folder = chain.folder
      let place = folder.isEmpty ? root : FilePath.join(root, folder)
      guard let inside = chain.entered(place) else { continue }
      for item in (try? FolderListing.items(place, hidden: true)) ?? [] {
        let path = FilePath.join(folder, item.name)
        seen += 1
        if !item.isFolder {
          if !names.contains(path) { add(path, in: root) }
        } else if Self.isSearched(item.name) {
          waiting.append(inside.holding(path))
        }
      }
    }
    sort()
  }

  /// Whether the folder is looked into: not where archives of macOS keep attributes, and not where
  /// programs keep their own files.
  private static func isSearched(_ name: String) -> Bool {
    name != "__MACOSX" && !name.hasPrefix(".")
  }

  private mutating func add(_ path: String, in root: String) {
    let name = FilePath.name(of: path)
    if name.hasPrefix(".") {
      // `._1.jpg` holds attributes that macOS keeps beside `1.jpg`.
      if ImageFolder.isImage(name) && !name.hasPrefix("._") { others.add(.hidden, path) }
    } else if ImageFolder.isImage(name) {
      images.append(path)
    } else if ManifestReader.isTable(name) {
      tables.append(path)
    } else {
      others.add(path, file: FilePath.join(root, path))
    }
  }

  private mutating func sort() {
    images.sort { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    tables.sort { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }

  /// The folder directly below the top folder that holds `image`; nil when it lies in the top folder.
  func folder(of image: String) -> String? {
    let rest = image.dropFirst(top.count + 1)
    guard let slash = rest.firstIndex(of: "/") else { return nil }
    return String(image[..<slash])
  }

  /// Those of ``folders`` that hold images, however deep; sorted.
  var filledFolders: [String] {
    let filled = Set(images.compactMap(folder(of:)))
    return folders.filter(filled.contains)
  }

  /// The names of the folders that divide the images: those directly below the top folder, or further
  /// down where each folder holds a single one and no image. Empty where images lie beside them.
  var dividingFolders: Set<String> {
    let parts = images.map { $0.dropFirst(top.count + 1).split(separator: "/").dropLast() }
    guard let shortest = parts.map(\.count).min() else { return [] }
    for depth in 0..<shortest {
      let names = Set(parts.map { String($0[$0.startIndex + depth]) })
      if names.count > 1 { return names }
    }
    return []
  }
}

/// A folder that is to be listed, with those that hold it, among which a link may lead back.
private struct FolderChain {
  /// From the root of the search.
  let folder: String
  /// How many folders of the search hold it.
  private(set) var depth = 0
  private var holders: [FolderIdentity] = []

  /// - Parameter root: a folder that holds it and is not searched itself.
  init(_ folder: String, below root: String?) {
    self.folder = folder
    holders = root.flatMap(FolderIdentity.init(of:)).map { [$0] } ?? []
  }

  /// The chain with the folder itself among the holders; nil where it is one already.
  func entered(_ place: String) -> FolderChain? {
    guard let own = FolderIdentity(of: place) else { return self }
    guard !holders.contains(own) else { return nil }
    var inside = self
    inside.holders.append(own)
    return inside
  }

  /// The chain of a folder in this one.
  func holding(_ folder: String) -> FolderChain {
    var inner = FolderChain(folder, below: nil)
    (inner.holders, inner.depth) = (holders, depth + 1)
    return inner
  }
}
