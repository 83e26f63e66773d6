package import Datasets
import Files
import Runs

/// Every command that reads data opens them here, so that an option of ``TableOptions`` means the same
/// in all of them.
extension Dataset {
  /// Opens labelled data as the options say: read, without the classes that are left out, in the parts
  /// of the split file.
  /// - Throws: `DatasetError` for whatever is wrong with the data.
  package static func open(
    _ path: String, _ options: TrainOptions
  ) throws(DatasetError) -> Dataset {
    var data = try open(
      path, imageRoot: options.imageRoot, columns: options.columns, dropping: options.dropClass,
      input: options.input.kind, rowLabels: options.labels)
    if let file = options.corrections { data = try CorrectionsFile.apply(file, to: data).data }
    if let file = options.splitFile { data = try SplitFile.apply(file, to: data) }
    data.pixelReading = options.pixelReading
    return data
  }

  /// The data with the classes of the file of class names, where the options have one.
  /// - Throws: `DatasetError` for a file that does not fit the data.
  package func naming(_ options: TrainOptions) throws(DatasetError) -> Dataset {
    guard let file = options.classNames else { return self }
    return try naming(ClassNames.read(file), leftOut: options.dropClass)
  }

  /// Opens images to predict on as the options say; with `on-bad-image` at `skip` files that are no
  /// images are left out, which ``Dataset/reading`` says.
  /// - Throws: `DatasetError` for whatever is wrong with them.
  package static func unlabelled(
    _ paths: [String], _ options: TrainOptions
  ) throws(DatasetError) -> Dataset {
    var data = try unlabelled(
      paths, imageRoot: options.imageRoot, columns: options.columns,
      input: options.input.kind, skipping: options.onBadImage == .skip)
    data.pixelReading = options.pixelReading
    return data
  }
}
