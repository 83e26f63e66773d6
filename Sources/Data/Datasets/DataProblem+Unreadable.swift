import Files

extension DataProblem {
  /// An image that cannot be read, with the place and the name of the file said once.
  ///
  /// - Parameters:
  ///   - error: what reading the image threw.
  ///   - path: what the image is called.
  public init(unreadable error: any Error, path: String) {
    switch error {
    case DatasetError.image(let error, let origin):
      self.init(.unreadable(DatasetError.reason(error, at: origin)), at: origin)
    case DatasetError.file(let error) where error.path == FilePath.absolute(path):
      self.init(
        .unreadable(String(error.description.trimmingPrefix(error.path + ": "))), at: path)
    default: self.init(.unreadable("\(error)"), at: path)
    }
  }
}
