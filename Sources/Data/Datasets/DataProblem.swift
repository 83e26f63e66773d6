public import Files
import Imaging

/// One thing that is wrong with one image, row, folder or class.
public struct DataProblem: Sendable, Equatable {
  /// What is wrong.
  public enum Kind: Sendable, Equatable {
    /// The path cell of a row is empty.
    case emptyPath
    /// The label cell of a row is empty.
    case emptyLabel
    /// The label names several classes.
    case labelIsList(String)
    /// Without the blanks around them two classes are one; `first` is the other spelling, in `line`.
    case labelDiffersByBlanks(String, first: String, line: Int)
    /// The cell of a one-hot column is neither 0 nor 1.
    case notIndicator(String, column: String)
    /// A row has a 1 in none or in several of the one-hot columns.
    case notOneHot([String])
    /// A cell is no list of labels.
    case badLabelList(String)
    /// The cell of a label's column says neither that the label is there nor that it is not, nor that it is not known.
    case notALabelEntry(String, column: String)
    /// The cell of the target is no number.
    case notANumber(String)
    /// All training examples have the same number.
    case numberNeverDiffers(String, value: Double)
    /// A label is known of no training image.
    case labelNeverKnown(String)
    /// A label that all training images of which it is known have, or none has.
    case labelNeverDiffers(String, isThere: Bool, known: Int)
    /// The image file is not there; `looked` is the whole path, `root` the folder that was given for
    /// relative paths, `hint` a file that may be meant.
    case missingFile(String, looked: String, root: String? = nil, hint: String? = nil)
    /// Several files may be meant.
    case ambiguousFile(String, [String])
    /// The path is an address of the web or of a store.
    case address(String, scheme: String)
    /// The path has a drive or a server of Windows.
    case windowsPath(String)
    /// The same path stands twice; `first` is where it stands first.
    case duplicatePath(String, first: String)
    /// The split cell is not one of the known words.
    case unknownSplit(String, column: String)
    /// Other rows have a split, this one has none.
    case emptySplit
    /// The table lies in a split folder, and its split column says another.
    case splitDiffers(Split, folder: String)
    /// A class folder holds no image.
    case emptyClassFolder
    /// A class folder holds only images of kinds that are not read.
    case noImageThatIsRead([UncountedFiles])
    /// A file to predict on is no image.
    case notAnImage(FileKind?)
    /// A file to predict on is not there.
    case noSuchFile
    /// An image to predict on is named twice.
    case namedTwice
    /// A table lies inside a class folder, where nothing reads it.
    case tableInClassFolder
    /// An image lies beside the class folders.
    case imageWithoutClass
    /// Examples outside training have a class that training lacks.
    case classMissingFromTraining(String, split: Split, count: Int)
    /// A label that the class list does not know.
    case unknownClass(String, known: [String])
    /// A label that is neither a name of `classes.txt` nor a line of it counted from 0.
    case notInClassFile(String, names: [String])
    /// A class of the data that a file of class names lacks; `numbered` is the number of its lines where they
    /// are counted.
    case notInClassNames(String, count: Int, file: String, numbered: Int?)
    /// A class of a file of class names that no image has.
    case classWithoutImage(String)
    /// The image does not decode; the reason names it.
    case unreadable(String)
    /// A row of a split file names no image of the data.
    case notInData(String)
    /// An image of the data has no row in the split file.
    case notInSplitFile(String, splitFile: String)
    /// Split file and data disagree about a label.
    case labelDiffers(String, inData: String, inSplitFile: String)
    /// A correction to a class that the data do not have.
    case unknownCorrection(String, nearest: String?)
    /// A number of a row is missing or cannot be used.
    case badNumber(NumberFault, text: String, column: String)
    /// Hardly a cell of a column of features is a number; `text` is the first that is none.
    case columnNotNumeric(String, text: String)
    /// A cell of a column of features is a word, and those of the training part are numbers.
    case wordAmongNumbers(String, column: String)
    /// A series has another number of channels than the others.
    case channelCount(Int, expected: Int)
    /// The channels of a series differ in length.
    case unequalChannels([Int])
    /// A series has another length than the header states.
    case seriesLength(Int, stated: Int)
    /// A row of series has no colon and so no label.
    case noLabelInRow
    /// A label that the header does not list.
    case notInClassLabel(String, names: [String])
    /// The same name of a row stands twice; `first` is where it stands first.
    case duplicateRow(String, first: String)
    /// An entry of a file of annotations, `annotations[17] (id 42)`, is wrong.
    case annotation(String, AnnotationFault)
    /// Something is wrong with a sample of tar shards.
    case sample(SampleFault)
    /// A row of a table of labels names no row of the features.
    case noSuchRow(String, rows: String)
  }

  /// Where: `labels.csv:17`, or a path.
  public let origin: String
  /// What is wrong there.
  public let kind: Kind

  /// A problem at a place.
  public init(_ kind: Kind, at origin: String) {
    self.kind = kind
    self.origin = origin
  }
}

extension DataProblem: CustomStringConvertible {
  /// One line: where, what, and what to do.
  public var description: String { "\(origin): \(reason)" }

  /// What is wrong, and what to do, without the place.
  public var reason: String {
    switch kind {
    case .emptyPath: "the path is empty"
    case .emptyLabel: "the label is empty; give it a class or remove the row"
    case .labelIsList(let label):
      "the label '\(short(label))' is a list of classes, and an image has one class here; keep one of them,"
        + " give such images a class of their own with a plain name, or train with --task labels, where an image may have"
        + " several"
    case .labelDiffersByBlanks(let label, let first, let line):
      "the label '\(label)' differs from '\(first)' in line \(line) only by blanks; write both alike, or"
        + " name the classes apart"
    case .notIndicator(let cell, let column):
      "the cell of '\(column)' is '\(short(cell))', expected 0 or 1, where one column a class says the label"
    case .badLabelList(let cell):
      "the labels '\(short(cell))' are no list; write a|b, a;b or [\"a\", \"b\"], and nothing where there is none"
    case .notALabelEntry(let cell, let column):
      "the cell of '\(column)' is '\(short(cell))', expected 1, 0, or blank or -1 where the label is not known"
    case .notANumber(let cell):
      "the label is '\(short(cell))', expected a finite number with a point, as the target is a number; correct it,"
        + " or remove the row"
    case .numberNeverDiffers(let name, let value):
      "\(name) is \(value) in all training examples, so there is nothing to learn; is another column meant?"
    case .labelNeverKnown(let name):
      "the label '\(name)' is known of no training image; leave it out with --drop-class '\(name)'"
    case .labelNeverDiffers(let name, let isThere, let known):
      (isThere
        ? "each of the \(known) training images of which '\(name)' is known has it"
        : "none of the \(known) training images of which '\(name)' is known has it")
        + ", so there is nothing to learn; leave it out with --drop-class '\(name)'"
    case .notOneHot(let names):
      (names.isEmpty ? "no column says the class" : "several columns say a class (\(list(names)))")
        + ", and an image has one class here; leave one 1 in the row, remove the row,"
        + " or train with --task labels, where an image may have several or none"
    case .missingFile(let path, let looked, let root, let hint):
      "the image '\(path)' does not exist (looked for \(looked)"
        + (root.map { ", as paths start from the image root \($0)" } ?? "") + ")"
        + (hint.map { "; is \($0) meant? Then write that" } ?? "")
    case .ambiguousFile(let path, let files):
      "the image '\(path)' may be \(list(Array(files.prefix(3))))"
        + "\(files.count > 3 ? ", …" : ""); write the path with its folder and extension"
    case .address(let text, let scheme):
      scheme == "data"
        ? "the image stands in the cell itself (\(short(text))); save it as a file and write its path"
        : "the image '\(short(text))' is an address (\(scheme):) and is not fetched; download it and write"
          + " its path"
    case .windowsPath(let path):
      "the image '\(path)' is a path of another machine, with a drive or a server of Windows; write it"
        + " from the folder of the table on"
    case .duplicatePath(let path, let first):
      "the image '\(path)' is listed already in \(first); remove one row"
    case .unknownSplit(let value, let column):
      "'\(value)' in column '\(column)' is no split; accepted: \(Split.accepted)"
        + (Int(value) == nil ? "" : "; numbered folds belong in a column called fold")
    case .emptySplit: "the split is empty, while other rows have one; fill it in or drop the column"
    case .splitDiffers(let split, let folder):
      "the split is '\(split)', but the table lies in the folder '\(folder)'; leave the column out"
    case .tableInClassFolder:
      "a table in a class folder is not read; put one beside the class or split folders, or one in"
        + " each split folder"
    case .emptyClassFolder: "holds no image; add images or remove the folder"
    case .noImageThatIsRead(let files):
      "holds no image that is read, only \(files.map(\.description).joined(separator: ", "));"
        + " convert them to PNG or TIFF, or remove the folder"
    case .notAnImage(let kind):
      kind.map { "is \($0), not an image; \($0.advice)" }
        ?? "is not an image; expected one of \(ImageFormat.names)"
    case .noSuchFile: "no such file or folder; check the path"
    case .namedTwice: "the image is named twice; name it once"
    case .imageWithoutClass: "the image lies outside the class folders; move it into one"
    case .classMissingFromTraining(let label, let split, let count):
      "the class '\(label)' occurs in \(split) (\(count) \(count == 1 ? "image" : "images"), first here)"
        + " but not in train; move some to train or drop the class"
    case .unknownClass(let label, let known):
      "unknown class '\(label)'; expected one of: \(list(known))"
    case .notInClassFile(let label, let names):
      "the label '\(label)' is not in classes.txt; expected one of: \(list(names)),"
        + " or a number from 0 to \(names.count - 1)"
    case .notInClassNames(let label, let count, let file, let numbered):
      "the class '\(label)' (\(count) \(count == 1 ? "image" : "images"), first here) is not in \(file)"
        + (numbered.map { ", whose \($0) lines are counted from 0" } ?? "")
        + "; add it there or leave the class out"
    case .classWithoutImage(let label):
      "no image has the class '\(label)'; remove the line or add images"
    case .unreadable(let reason): reason
    case .notInData(let path): "the image '\(path)' is not in the data; remove the row"
    case .notInSplitFile(let path, let splitFile):
      "the image '\(path)' has no row in \(splitFile); add it or make a new split"
    case .labelDiffers(let path, let inData, let inSplitFile):
      "the image '\(path)' is '\(inSplitFile)' here but '\(inData)' in the data"
    case .unknownCorrection(let label, let nearest):
      "no image of the data is of class '\(short(label))'"
        + (nearest.map { "; did you mean '\($0)'?" }
          ?? "; correct it to a class that there is, or to - to leave it out")
    case .badNumber(let fault, let text, let column):
      fault.reason(text: short(text), column: column)
    case .wordAmongNumbers(let text, let column):
      "the value of '\(column)' is '\(short(text))', and most training cells of the column are numbers; correct it,"
        + " leave the row out, or train with the column as one of categories"
    case .columnNotNumeric(let column, let text):
      "the column '\(column)' is no column of numbers (it holds '\(short(text))'); leave it out, or name"
        + " it as the path, label, group or split"
    case .channelCount(let count, let expected):
      "has \(count) \(count == 1 ? "dimension" : "dimensions"), expected \(expected); every series has"
        + " the same dimensions, divided by colons"
    case .unequalChannels(let lengths):
      "the dimensions of the series differ in length (\(list(lengths.map(String.init), of: "dimensions")));"
        + " all dimensions of one series have the same steps"
    case .seriesLength(let steps, let stated):
      "has \(steps) \(steps == 1 ? "step" : "steps"), but @seriesLength says \(stated); correct the row,"
        + " or write @equalLength false"
    case .noLabelInRow:
      "has no label behind a colon, while @classLabel is true; the line may be cut off"
    case .notInClassLabel(let label, let names):
      "the label '\(short(label))' is not among those of @classLabel (\(list(names))); add it there, or"
        + " correct the row, which may be cut off"
    case .duplicateRow(let name, let first):
      "the row '\(name)' is listed already in \(first); give each row a name of its own"
    case .annotation(let entry, let fault): fault.reason(entry: entry)
    case .sample(let fault): fault.reason
    case .noSuchRow(let name, let rows):
      "'\(name)' names no row of \(rows); remove the row here"
    }
  }

  private func short(_ text: String) -> String {
    text.count > 80 ? text.prefix(79) + "…" : text
  }

  private func list(_ names: [String], of noun: String = "classes") -> String {
    names.prefix(20).joined(separator: ", ")
      + (names.count > 20 ? ", … (\(names.count) \(noun))" : "")
  }
}

/// Problems gathered while reading: the first 20 and the number of all.
public struct DataProblems: Sendable, Equatable {
  /// How many are kept in full.
  public static let limit = 20
  /// The first ones, in reading order.
  public private(set) var first: [DataProblem] = []
  /// How many there are.
  public private(set) var count = 0

  /// No problem yet.
  public init() {}

  /// Adds one.
  public mutating func add(_ kind: DataProblem.Kind, at origin: @autoclosure () -> String) {
    if count < Self.limit { first.append(DataProblem(kind, at: origin())) }
    count += 1
  }

  /// Counts further ones that are not kept.
  mutating func add(unnamed number: Int) { count += number }

  /// Adds those of another part.
  mutating func add(_ other: DataProblems) {
    first += other.first.prefix(max(0, Self.limit - first.count))
    count += other.count
  }

  /// Throws when there is any.
  ///
  /// - Throws: ``DatasetError/problems(_:)``.
  public func check() throws(DatasetError) {
    if count > 0 { throw .problems(self) }
  }
}
