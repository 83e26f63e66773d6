import Datasets
import Files
import Imaging
import Testing

@Suite struct DatasetErrorTests {
  private static let names = (1...21).map { "c\($0)" }

  /// Every case.
  static let errors: [(error: DatasetError, english: String)] = [
    (.file(.missing(path: "x")), "x: no such file or folder; check the path"),
    (
      .image(.truncated(name: "a.png", format: .png), origin: "t.csv:2"),
      "t.csv:2: a.png: the PNG file ends before its pixels do; copy it again or remove it"
    ),
    (
      .missingColumn(path: "t.csv", role: "label", found: ["a", "b"], accepted: ["c", "d"]),
      "t.csv:1: no label column; found: a, b; accepted names: c, d"
    ),
    (.empty(path: "t.csv", expected: "a row"), "t.csv: is empty, expected a row"),
    (
      .unknownKind(path: "x.pdf"),
      "x.pdf: is not a data set; expected a folder with one folder per class, a table (.csv, .tsv,"
        + " .jsonl), a MedMNIST .npz, or a folder with IDX files"
    ),
    (
      .severalTables(folder: "d", tables: ["labels.csv", "metadata.csv"]),
      "d: holds several tables (labels.csv, metadata.csv); name the one to use"
    ),
    (
      .mixedFolders(path: "d", splits: ["train"], others: ["x", "y"]),
      "d: has split folders (train) beside others with images (x, y); move them apart"
    ),
    (
      .splitsInsideClass(path: "d", folders: ["cat/test", "cat/train"]),
      "d: a class folder holds split folders (cat/test, cat/train); put the split first, as in"
        + " train/cat/1.jpg, or list the images in a table"
    ),
    (
      .classesTooDeep(folder: "d/images", inner: ["a", "b"]),
      "d/images: would be the only class, and holds the folders a, b; if these are the classes, name"
        + " d/images itself or move them up"
    ),
    (
      .splitWithoutTable(folder: "d/test", table: "train/metadata.csv"),
      "d/test: has no table, while train/metadata.csv describes another split; add one, or put a"
        + " single table beside the split folders"
    ),
    (.tooFewClasses([]), "training holds no class; a classifier needs at least two"),
    (.tooFewClasses(["a"]), "training holds only the class 'a'; a classifier needs at least two"),
    (.emptySplit(.train, present: []), "the data have no image in train; they have: none"),
    (
      .emptySplit(.test, present: [.train, .val]),
      "the data have no image in test; they have: train, val"
    ),
    (.unknownClasses(["x"], known: ["a", "b"]), "no such class: x; the data have: a, b"),
    (
      .leakage(LeakageReport(Dataset(name: "", layout: .files, examples: []), .none)),
      "the parts of the split share images or groups, so the numbers would flatter:\n"
        + "no group and no image lies in two splits\n"
        + "Correct the split, or allow the leakage and say so beside every number."
    ),
    (
      .badParameter(name: "imbalance", value: "0", expected: "at least 1"),
      "imbalance: expected at least 1, got 0"
    ),
    (.problems(DataProblems()), ""),
  ]

  @Test(arguments: errors.indices) func everyErrorSaysWhatToDo(index: Int) {
    #expect(Self.errors[index].error.description == Self.errors[index].english)
  }

  /// Every kind of problem.
  static let problems: [(kind: DataProblem.Kind, english: String)] = [
    (.emptyPath, "the path is empty"),
    (.emptyLabel, "the label is empty; give the image a class or remove the row"),
    (.labelNotScalar, "the label is not one text or number; one class per image is supported"),
    (
      .missingFile("a", looked: "/d/a", root: nil),
      "the image 'a' does not exist (looked for /d/a)"
    ),
    (
      .missingFile("a", looked: "/d/a", root: "d"),
      "the image 'a' does not exist (looked for /d/a, as paths start from the image root d)"
    ),
    (
      .duplicatePath("a", first: "line 2"),
      "the image 'a' is listed already in line 2; remove one row"
    ),
    (
      .unknownSplit("x", column: "split"),
      "'x' in column 'split' is no split; accepted: train, training, val, valid, validation, eval,"
        + " evaluation, dev, test, testing"
    ),
    (
      .unknownSplit("3", column: "split"),
      "'3' in column 'split' is no split; accepted: train, training, val, valid, validation, eval,"
        + " evaluation, dev, test, testing; numbered folds belong in a column called fold"
    ),
    (
      .emptySplit,
      "the split is empty, while other rows have one; fill it in or drop the column"
    ),
    (
      .splitDiffers(.val, folder: "train"),
      "the split is 'val', but the table lies in the folder 'train'; leave the column out"
    ),
    (.emptyClassFolder, "holds no image; add images or remove the folder"),
    (
      .tableInClassFolder,
      "a table in a class folder is not read; put one beside the class or split folders, or one in"
        + " each split folder"
    ),
    (.imageWithoutClass, "the image lies outside the class folders; move it into one"),
    (
      .classMissingFromTraining("a", split: .val, count: 1),
      "the class 'a' occurs in val (1 image, first here) but not in train; move some to train or"
        + " drop the class"
    ),
    (
      .classMissingFromTraining("a", split: .test, count: 2),
      "the class 'a' occurs in test (2 images, first here) but not in train; move some to train or"
        + " drop the class"
    ),
    (.unknownClass("x", known: ["a", "b"]), "unknown class 'x'; expected one of: a, b"),
    (
      .unknownClass("x", known: names),
      "unknown class 'x'; expected one of: \(names.dropLast().joined(separator: ", ")),"
        + " … (21 classes)"
    ),
    (
      .notInClassFile("x", names: ["a", "b"]),
      "the label 'x' is not in classes.txt; expected one of: a, b, or a number from 0 to 1"
    ),
    (.unreadable("is cut off"), "is cut off"),
    (.notInData("a"), "the image 'a' is not in the data; remove the row"),
    (
      .notInSplitFile("a", splitFile: "s.csv"),
      "the image 'a' has no row in s.csv; add it or make a new split"
    ),
    (
      .labelDiffers("a", inData: "cat", inSplitFile: "dog"),
      "the image 'a' is 'dog' here but 'cat' in the data"
    ),
  ]

  @Test(arguments: problems.indices) func everyProblemSaysWhereAndWhat(index: Int) {
    let (kind, english) = Self.problems[index]
    #expect(DataProblem(kind, at: "t.csv:7").description == "t.csv:7: \(english)")
  }

  @Test func problemsAreListedAndCounted() {
    var problems = DataProblems()
    for line in 1...23 { problems.add(.emptyPath, at: "t.csv:\(line)") }
    let lines = DatasetError.problems(problems).description.split(separator: "\n")
    #expect(lines.count == 21)
    #expect(lines.first == "t.csv:1: the path is empty")
    #expect(lines.last == "… and 3 more (23 problems in all)")
    #expect(throws: DatasetError.problems(problems)) { try problems.check() }
    #expect(throws: Never.self) { try DataProblems().check() }
  }
}

extension Survey {
  fileprivate static var none: Survey {
    Survey(Dataset(name: "", layout: .files, examples: []), threads: 1)
  }
}
