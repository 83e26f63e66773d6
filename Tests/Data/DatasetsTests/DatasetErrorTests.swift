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
      .missingColumn(
        path: "t.csv", role: "label", found: ["a", "b"], accepted: ["c", "d"], likely: []),
      "t.csv:1: no label column; found: a, b; known names: c, d"
    ),
    (
      .missingColumn(
        path: "t.csv", role: "label", found: ["a", "b"], accepted: ["c"], likely: ["a"]),
      "t.csv:1: no label column; found: a, b; by their cells it may be: a; known names: c"
    ),
    (
      .noSuchColumn(path: "t.csv", role: "group", name: "patent", found: ["patient", "age"]),
      "t.csv:1: no column 'patent' for the group; did you mean 'patient'? found: patient, age"
    ),
    (
      .noSuchColumn(path: "t.csv", role: "group", name: "zzz", found: ["patient", "age"]),
      "t.csv:1: no column 'zzz' for the group; found: patient, age"
    ),
    (
      .columnTwice(path: "t.csv", column: "a", roles: ["label", "group"]),
      "t.csv:1: the column 'a' is asked for as label and as group; name another for one of them"
    ),
    (
      .severalSplitFlags(path: "t.csv", columns: ["is_valid", "is_test"]),
      "t.csv:1: the columns is_valid, is_test each say a split; put it into one column with the words"
        + " train, val and test"
    ),
    (
      .noHeader(path: "t.csv", found: ["a.png", "cat"]),
      "t.csv:1: the first line (a.png, cat) is a row; write a line with the names of the columns before"
        + " it, such as path,label"
    ),
    (
      .strictColumns(
        path: "t.csv", [.holdsSplitWords(column: "a", words: ["test", "train"])]),
      "t.csv: columns are left alone that may be meant\n"
        + "the column 'a' holds the words of a split (test, train) and is left alone"
    ),
    (.noTable(path: "d", columns: ["a", "b"]), "d: is no table, so it has no column a, b"),
    (
      .labelStudioTasks(path: "t.json"),
      "t.json: is Label Studio's JSON, in which labels stand deep inside; export JSON-MIN or CSV"
    ),
    (
      .labelsWithoutRows(path: "d", labels: "t.csv"),
      "labels t.csv: they are joined to rows of features (.npy, .npz, .safetensors, .csv), and d has"
        + " none; leave them out"
    ),
    (.empty(path: "t.csv", expected: "a row"), "t.csv: is empty, expected a row"),
    (
      .unknownKind(path: "x.pdf"),
      "x.pdf: is not a data set; expected a folder with one folder per class, a table (.csv, .tsv,"
        + " .jsonl, .json), COCO's annotations (.json), a MedMNIST .npz, a folder with IDX files, tar shards, features (.npy, .npz,"
        + " .safetensors, or a table with feature_0), or series (.ts)"
    ),
    (
      .foreignFile(path: "x.xlsx", kind: .excelWorkbook),
      "x.xlsx: is an Excel workbook, not a data set; save its sheet as CSV (UTF-8)"
    ),
    (
      .looksLikeSplits(path: "d", folders: ["a", "b"], inner: ["cat", "dog"]),
      "d: the folders a, b hold the same folders (cat, dog), as splits do, and are not called train, val"
        + " and test; rename them so, or, if they are the classes, list the images in a table"
    ),
    (
      .labelsInTable(path: "d", folders: ["images"], tables: ["train.csv"]),
      "d: no folder says a class (images holds images only); the labels may stand in train.csv: name that"
        + " table"
    ),
    (
      .labelsInTable(path: "d", folders: [], tables: ["a.csv", "b.csv"]),
      "d: no folder says a class; the labels may stand in a.csv, b.csv: name that table"
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
      .mixedShards(path: "d", splits: ["train-0.tar"], others: ["x.tar"]),
      "d: the names of some shards say a split (train-0.tar), those of others none (x.tar); name all so, put each split"
        + " into a folder of its own, or open them apart"
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
      "the parts of the split share examples or groups, so the numbers would flatter:\n"
        + "no group and no image lies in two splits\n"
        + "Correct the split, or allow the leakage and say so beside every number."
    ),
    (
      .badParameter(name: "imbalance", value: "0", expected: "at least 1"),
      "imbalance: expected at least 1, got 0"
    ),
    (
      .otherInput(path: "a.png", input: .series, expected: "a .ts file"),
      "a.png: is not read as series; expected a .ts file"
    ),
    (
      .severalSets(folder: "d", files: ["A_TRAIN.ts", "B_TEST.ts"]),
      "d: holds A_TRAIN.ts, B_TEST.ts, expected one set, NAME_TRAIN.ts and NAME_TEST.ts; put each set into"
        + " a folder of its own, or name one file"
    ),
    (.noLabels(path: "a.npy", expected: "labels.csv"), "a.npy: has no labels; expected labels.csv"),
    (
      .labelCount(path: "d/labels.csv", labels: 1, features: "d/a.npy", rows: 3),
      "d/labels.csv: has 1 label for 3 rows of d/a.npy; give each row one, or name the rows in a column"
        + " 'path', such as 'a.npy#0'"
    ),
    (
      .otherRowNames(
        path: "lab.csv", column: "path", name: "imgs/a/23.png", features: "d/f1.npz", rows: 80,
        first: "a/0.png"),
      "lab.csv: column path names none of the 80 rows of f1.npz ('imgs/a/23.png'; the rows are called like"
        + " 'a/0.png'); write the ids as they are there, or leave the column out to join in order"
    ),
    (
      .rowsBesideOthers(path: "a.npy"),
      "a.npy: rows of numbers are read from one path at a time; name it alone"
    ),
    (.problems(DataProblems()), ""),
  ]

  @Test(arguments: errors.indices) func everyErrorSaysWhatToDo(index: Int) {
    #expect(Self.errors[index].error.description == Self.errors[index].english)
  }

  /// Every kind of problem.
  static let problems: [(kind: DataProblem.Kind, english: String)] = [
    (.emptyPath, "the path is empty"),
    (.emptyLabel, "the label is empty; give it a class or remove the row"),
    (
      .badNumber(.missing, text: "?", column: "'a'"),
      "the value of 'a' is missing ('?'); fill it in, or leave the row or the column out"
    ),
    (
      .badNumber(.missing, text: "", column: "'a'"),
      "the value of 'a' is missing; fill it in, or leave the row or the column out"
    ),
    (
      .badNumber(.notNumber, text: "x", column: "'a'"),
      "the value of 'a' is 'x', expected a number; correct it, or leave the row out"
    ),
    (
      .badNumber(.notFinite, text: "nan", column: "'a'"),
      "the value of 'a' is nan, expected a finite number; fill it in, or leave the row or the column out"
    ),
    (
      .badNumber(.tooLarge, text: "1e300", column: "'a'"),
      "the value of 'a' is 1e300, too large for a 32-bit number; give the column another unit"
    ),
    (
      .columnNotNumeric("sex", text: "m"),
      "the column 'sex' is no column of numbers (it holds 'm'); leave it out, or name it as the path, label,"
        + " group or split"
    ),
    (
      .channelCount(1, expected: 3),
      "has 1 dimension, expected 3; every series has the same dimensions, divided by colons"
    ),
    (
      .unequalChannels([3, 2]),
      "the dimensions of the series differ in length (3, 2); all dimensions of one series have the same"
        + " steps"
    ),
    (
      .seriesLength(1, stated: 4),
      "has 1 step, but @seriesLength says 4; correct the row, or write @equalLength false"
    ),
    (
      .noLabelInRow,
      "has no label behind a colon, while @classLabel is true; the line may be cut off"
    ),
    (
      .notInClassLabel("c", names: ["a", "b"]),
      "the label 'c' is not among those of @classLabel (a, b); add it there, or correct the row, which may"
        + " be cut off"
    ),
    (
      .duplicateRow("r1", first: "line 2"),
      "the row 'r1' is listed already in line 2; give each row a name of its own"
    ),
    (.noSuchRow("r9", rows: "a.npy"), "'r9' names no row of a.npy; remove the row here"),
    (
      .labelIsList("cat|dog"),
      "the label 'cat|dog' is a list of classes, and an image has one class here; keep one of them,"
        + " give such images a class of their own with a plain name, or train with --task labels, where an image may"
        + " have several"
    ),
    (
      .labelDiffersByBlanks("cat ", first: "cat", line: 2),
      "the label 'cat ' differs from 'cat' in line 2 only by blanks; write both alike, or name the classes"
        + " apart"
    ),
    (
      .notIndicator("0.3", column: "MEL"),
      "the cell of 'MEL' is '0.3', expected 0 or 1, where one column a class says the label"
    ),
    (
      .notOneHot(["MEL", "NV"]),
      "several columns say a class (MEL, NV), and an image has one class here; leave one 1 in the row,"
        + " remove the row, or train with --task labels, where an image may have several or none"
    ),
    (
      .notOneHot([]),
      "no column says the class, and an image has one class here; leave one 1 in the row, remove the row,"
        + " or train with --task labels, where an image may have several or none"
    ),
    (
      .missingFile("a", looked: "/d/a", hint: "b/A"),
      "the image 'a' does not exist (looked for /d/a); is b/A meant? Then write that"
    ),
    (
      .ambiguousFile("a", ["a.jpg", "a.png"]),
      "the image 'a' may be a.jpg, a.png; write the path with its folder and extension"
    ),
    (
      .address("https://x.org/a.png", scheme: "https"),
      "the image 'https://x.org/a.png' is an address (https:) and is not fetched; download it and write"
        + " its path"
    ),
    (
      .address("data:image/png;base64,AAAA", scheme: "data"),
      "the image stands in the cell itself (data:image/png;base64,AAAA); save it as a file and write its"
        + " path"
    ),
    (
      .windowsPath("C:\\a.png"),
      "the image 'C:\\a.png' is a path of another machine, with a drive or a server of Windows; write it"
        + " from the folder of the table on"
    ),
    (.notAnImage(.dicom), "is a DICOM file, not an image; \(FileKind.dicom.advice)"),
    (
      .notAnImage(nil),
      "is not an image; expected one of JPEG, PNG, TIFF, WebP, GIF, BMP, FITS, NumPy, JPEG 2000, JPEG XL,"
        + " HEIF, Netpbm"
    ),
    (.noSuchFile, "no such file or folder; check the path"),
    (.namedTwice, "the image is named twice; name it once"),
    (
      .missingFile("a", looked: "/d/a"),
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
      "'x' in column 'split' is no split; accepted: train, training, trainval, val, valid, validation, eval,"
        + " evaluation, dev, test, testing"
    ),
    (
      .unknownSplit("3", column: "split"),
      "'3' in column 'split' is no split; accepted: train, training, trainval, val, valid, validation, eval,"
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
    (
      .unknownCorrection("cta", nearest: "cat"),
      "no image of the data is of class 'cta'; did you mean 'cat'?"
    ),
    (
      .unknownCorrection("x", nearest: nil),
      "no image of the data is of class 'x'; correct it to a class that there is, or to - to leave it out"
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
