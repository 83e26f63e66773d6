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

  /// Lists the folder `top` of `root`; an empty `top` is the root itself.
  init(_ root: String, _ top: String) throws(DatasetError) {
    self.top = top
    var waiting = [(folder: top, depth: 0)]
    while let (folder, depth) = waiting.popLast() {
      // Folder links may form a circle.
      guard depth < 64 else {
        throw .file(
          .malformed(
            path: FilePath.join(root, folder), reason: "folders nest deeper than 64 (a link loop?)")
        )
      }
      let items = try FolderListing.itemsOrDatasetError(FilePath.join(root, folder))
      for item in items where item.name != "__MACOSX" {
        let path = FilePath.join(folder, item.name)
        if item.isFolder {
          waiting.append((path, depth + 1))
          if depth == 0 { folders.append(path) }
        } else if ImageFolder.isImage(item.name) {
          images.append(path)
        } else if ManifestReader.isTable(item.name) {
          tables.append(path)
        }
      }
    }
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
}
