import Files

/// Whether opening data needs a label for every image.
public enum LabelPolicy: Sendable {
  /// For training and evaluation.
  case required
  /// For prediction: labels are kept where the data have them.
  case optional
  /// For training and evaluation where an example may have several labels, or none: each becomes ``Example/labels``.
  case several
  /// For training and evaluation where an example has a number: each becomes ``Example/number``.
  case number

  /// Whether an example without a label, be it a class or a number, is a mistake.
  var needsLabel: Bool { self == .required || self == .number }
}

extension Dataset {
  /// Opens data of any known layout.
  ///
  /// | path | read as |
  /// |---|---|
  /// | `.csv`, `.tsv`, `.tab`, `.jsonl`, `.json`, and text without such a name | a table of images, see ``ColumnRole`` |
  /// | `.json` with `images`, `categories`, `annotations` | COCO's annotations: the labels of each image |
  /// | `.npz` | MedMNIST; with an array `features` or `X`, feature vectors |
  /// | `.npy`, `.safetensors` | feature vectors `[N, D]` |
  /// | `.csv`, `.tsv` with a column `feature_0`, or any for which `input` says features | a table of feature vectors |
  /// | `.ts`, folder with `NAME_TRAIN.ts` and `NAME_TEST.ts` | series |
  /// | folder with `features.npy`, `.npz` or `.safetensors` | feature vectors |
  /// | folder with `labels.*`, `metadata.*` or `manifest.*` | that table |
  /// | folder of split folders with such a table in each | these tables |
  /// | folder with `train-images…` IDX files, `.gz` too | MNIST-style IDX |
  /// | `.tar` of ``DataPacking`` | the images in it by the table in it |
  /// | `.tar`, folder with `*.tar` and without images, split folders with such, `train-{000000..000012}.tar` | tar shards of WebDataset |
  /// | folder of class folders, or of split folders with class folders | the first folder, or the second, is the class |
  ///
  /// As in torchvision, folders below a class folder belong to it. Layouts that leave doubt are
  /// errors: class folders that hold split folders, folders that hold the same folders and may be splits,
  /// a single folder that holds the classes, images beside class folders. `classes.txt` beside a table
  /// names the classes that it numbers from 0.
  ///
  /// Members of tar shards that have one name up to its first dot are a sample: an image, and beside it `cls` (the class), `txt`,
  /// and `json`, an object whose members are columns of a table as ``ColumnRole`` knows them. Without a label there the folders in
  /// the names of members count (`cat/a.jpg`, `train/cat/a.jpg`). The split is that of a column, else of a split folder, else of
  /// a word in the shards' names.
  ///
  /// Features of an `.npz` may have `ids`, `labels` (or `y`), `groups` and `splits` beside them. Without labels
  /// inside, those of `NAME.labels.csv`, else `labels.csv` (or another name of tables above), `labels.npy` or
  /// `y.npy` in the same folder count: by name where a column such as `path` names rows (an id, `NAME.npy#7`, or
  /// the number of the row from 0), else one by one where the counts agree and not both sides have names. In a
  /// table of features the label is a column of the table itself. All numbers must be there and finite, as 32-bit
  /// numbers; where ``ColumnNames/takesCells`` says so, cells of a table may be missing or words, of which
  /// ``TableEncoding`` makes numbers.
  ///
  /// Several labels an example (``LabelPolicy/several``) stand in a table, as one column of lists (`a|b`, `a;b`, JSON) or as a
  /// column for each with 1, 0, or blank or −1 where it is not known; or in arrays `[N, L]` of an `.npz`. A number
  /// (``LabelPolicy/number``) stands where a class would.
  ///
  /// ``Dataset/reading`` says what was guessed and passed over.
  ///
  /// - Parameters:
  ///   - path: file or folder.
  ///   - imageRoot: the folder that relative paths of a table start from; nil is the table's own.
  ///   - labels: whether every image needs a label.
  ///   - columns: which columns of a table are meant.
  ///   - dropped: classes to leave out, as ``dropping(classes:)``, but before their files are looked at:
  ///     an empty folder, a row without its image is no error then.
  ///   - input: what the data are; nil finds it out, see ``InputKind/found(at:)``.
  ///   - rowLabels: a table that says label, group and split of rows of features, joined by the
  ///     names of the rows; it counts before what stands in the array's file.
  ///   - textTable: a table that has the columns of text of rows of features, joined by the names of the rows.
  /// - Throws: ``DatasetError``; everything wrong with a table or folder is reported together.
  public static func open(
    _ path: String, imageRoot: String? = nil, labels: LabelPolicy = .required,
    columns: ColumnNames = ColumnNames(), dropping dropped: [String] = [],
    input: InputKind? = nil, rowLabels: String? = nil, textTable: String? = nil
  ) throws(DatasetError) -> Dataset {
    let opening = Opening(
      imageRoot: imageRoot, labels: labels, columns: columns, dropped: dropped, input: input,
      rowLabels: rowLabels, textTable: textTable)
    var data = try opening.open(path)
    try opening.checkRoot(data, path)
    if data.reading.tables.isEmpty && !opening.asked.isEmpty {
      throw .noTable(path: path, columns: opening.asked)
    }
    if labels == .required {
      data.reading.warnings += ClassWarnings.warnings(data.examples.compactMap(\.label))
    }
    if let names = data.labelNames {
      data.reading.warnings += ClassWarnings.spelled(names)
      data.reading.warnings += MissingValueWords.warnings(
        names.enumerated().flatMap { place, name in
          [String](repeating: name, count: data.examples.count { $0.labels?[place] == true })
        }, role: .label)
    }
    return labels == .number ? try data.readingNumbers() : data
  }
}

extension FolderListing {
  static func itemsOrDatasetError(
    _ path: String, hidden: Bool = false
  ) throws(DatasetError) -> [Item] {
    do throws(FileError) { return try items(path, hidden: hidden) } catch { throw .file(error) }
  }
}
