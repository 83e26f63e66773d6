public import Files

/// Of which network features of images are, and what was done to an image before it: stands with the features, and is
/// compared with the weights that are to stand under a head.
///
/// In an `.npz` it is the array `origin`, in `.safetensors` metadata of that name; beside other files `NAME.origin.json`.
public struct FeatureOrigin: Codable, Sendable, Equatable {
  /// Name of the architecture.
  public var architecture: String
  /// Its heads, branches and pooling as JSON of a model has them; `nil` of a plain network.
  public var form: String?
  /// Digest of the tensors before the last layer.
  public var weights: String
  /// What happens to an image before the network, as JSON of a model has it.
  public var preprocessing: String
  /// Digest of that text.
  public var preprocessingDigest: String
  /// Views of an image that were averaged.
  public var views: Int

  /// An origin of its parts; the digest of the preprocessing is made here.
  ///
  /// - Parameters:
  ///   - architecture: name of the architecture.
  ///   - form: heads, branches and pooling as JSON; `nil` of a plain network.
  ///   - weights: digest of the tensors before the last layer.
  ///   - preprocessing: what happens to an image, as JSON.
  ///   - views: views that were averaged, at least 1.
  public init(
    architecture: String, form: String?, weights: String, preprocessing: String, views: Int
  ) {
    (self.architecture, self.form, self.weights) = (architecture, form, weights)
    (self.preprocessing, self.views) = (preprocessing, views)
    preprocessingDigest = SHA256.hexadecimal(Array(preprocessing.utf8))
  }

  /// The name under which it stands in a file.
  public static let name = "origin"

  /// The file beside features in a form that has no place for it.
  ///
  /// - Parameter features: the file of features.
  public static func file(beside features: String) -> String {
    FilePath.join(
      FilePath.folder(of: features), "\(FilePath.stem(of: features)).\(name).json")
  }

  /// The origin beside a file of features; `nil` where there is none.
  ///
  /// - Parameter features: the file of features.
  /// - Throws: `FileError` for a file that is none.
  public static func beside(_ features: String) throws(FileError) -> FeatureOrigin? {
    let path = file(beside: features)
    return FilePath.isFile(path) ? try JSONFile.read(Self.self, from: path) : nil
  }

  /// The origin of the features at a path, without the features; `nil` where they say nothing of it.
  ///
  /// - Parameter path: a file of features, or a folder with one.
  /// - Throws: `FileError` for a file that cannot be read or an origin that is none.
  public static func found(at path: String) throws(FileError) -> FeatureOrigin? {
    var file = path
    if FilePath.isFolder(path) {
      let arrays = FeatureFolder.files(in: try FolderListing.items(path, hidden: false))
      guard arrays.count == 1 else { return nil }
      file = FilePath.join(path, arrays[0])
    }
    let place = "\(file):\(name)"
    switch FilePath.fileExtension(of: file) {
    case "npz":
      let archive = try NpzArchive(path: file)
      guard archive.names.contains(name), let text = try archive.names(in: name).first else {
        return nil
      }
      return try FeatureOrigin(parsing: text, name: place)
    case "safetensors":
      guard let text = try FeatureTensors(path: file).metadata[name] else { return nil }
      return try FeatureOrigin(parsing: text, name: place)
    default: return try beside(file)
    }
  }

  /// The origin as it stands in a text.
  ///
  /// - Parameters:
  ///   - text: JSON.
  ///   - name: what errors call it.
  /// - Throws: `FileError.malformed`.
  init(parsing text: String, name: String) throws(FileError) {
    self = try JSONFile.decode(Self.self, from: Array(text.utf8), name: name)
  }

  /// As one line of JSON, without a line feed.
  public var text: String {
    // Texts and a number always have a JSON form.
    (try? JSONFile.encodeLine(self)).map { String(decoding: $0.dropLast(), as: UTF8.self) } ?? "{}"
  }
}
