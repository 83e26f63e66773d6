package import Datasets

extension Dataset {
  /// Opens labelled data as the options say: read, without the classes that are left out, in the parts
  /// of the split file.
  /// - Throws: `DatasetError` for whatever is wrong with the data.
  package static func open(
    _ path: String, _ options: TrainOptions
  ) throws(DatasetError) -> Dataset {
    var data = try open(path)
    if !options.dropClass.isEmpty { data = try data.dropping(classes: options.dropClass) }
    if let file = options.splitFile { data = try SplitFile.apply(file, to: data) }
    return data
  }
}
