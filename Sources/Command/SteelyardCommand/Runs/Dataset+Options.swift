package import Datasets
import Files
import Runs
import Targets

/// Every command that reads data opens them here, so that an option of ``TableOptions`` means the same
/// in all of them.
extension Dataset {
  /// Opens labelled data as the options say: read, without the classes that are left out, in the parts
  /// of the split file.
  ///
  /// - Parameter takesLabels: whether examples may have several labels or a number: others refuse labels by name, and read a number
  ///   as the class that it is spelled as.
  /// - Throws: `DatasetError` for whatever is wrong with the data.
  package static func open(
    _ path: String, _ options: TrainOptions, takesLabels: Bool = false
  ) throws(DatasetError) -> Dataset {
    let target = FoundTarget(path, options)
    if target.kind == .labels && !takesLabels {
      throw .severalLabels(path: path, sign: target.sign ?? "--task labels")
    }
    let policy: LabelPolicy =
      switch target.kind {
      case .labels: .several
      case .number: takesLabels ? .number : .required
      case .classes, .grades: .required
      }
    var data = try open(
      path, imageRoot: options.imageRoot, labels: policy,
      columns: options.columns, dropping: options.dropClass, input: options.input.kind,
      rowLabels: options.labels, textTable: options.textTable)
    switch options.unknown {
    case .ignore: break
    case .zeros: data = data.taking(unknown: false)
    case .ones: data = data.taking(unknown: true)
    }
    if let file = options.corrections { data = try CorrectionsFile.apply(file, to: data).data }
    if target.kind == .labels, let column = options.studyColumn {
      data = try data.takingStudies(from: column)
    }
    if let file = options.splitFile { data = try SplitFile.apply(file, to: data) }
    data.pixelReading = options.pixelReading
    return data
  }

  /// The data with the classes of the file of class names or of the order of grades, where the options have one; both together
  /// are refused before (``TrainOptions/checkOrder()``).
  /// - Throws: `DatasetError` for a list that does not fit the data.
  package func naming(_ options: TrainOptions) throws(DatasetError) -> Dataset {
    if !options.order.names.isEmpty {
      return try naming(
        ClassNames(order: options.order.names, from: "--order"), leftOut: options.dropClass)
    }
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
      input: options.input.kind, textTable: options.textTable,
      skipping: options.onBadImage == .skip)
    data.pixelReading = options.pixelReading
    return data
  }
}

extension TrainOptions {
  /// Refuses two orders of the classes.
  /// - Throws: `OptionError.conflict`.
  package func checkOrder() throws(OptionError) {
    guard !self.order.names.isEmpty, self.classNames != nil else { return }
    throw .conflict(
      "--order and --class-names both say the order of the classes; give one of them")
  }
}
