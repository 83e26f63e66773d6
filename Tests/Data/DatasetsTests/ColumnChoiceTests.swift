import Datasets
import Files
import TestSupport
import Testing

@Suite struct ColumnChoiceTests {
  private func use(
    _ header: String, _ rows: [String] = ["a.png,x,p,q", "b.png,y,p,q"],
    columns: ColumnNames = ColumnNames()
  ) throws -> String {
    try withTemporaryFolder { folder in
      try Fixture.images(["a.png", "b.png"], in: folder)
      try Fixture.file("\(folder)/t.csv", ([header] + rows).map { $0 + "\n" }.joined())
      do throws(DatasetError) {
        return try Dataset.open("\(folder)/t.csv", columns: columns).reading.tables[0].usedText
      } catch {
        return error.description.replacing(folder, with: "DIR")
      }
    }
  }

  static let pathNames = [
    "path", "file_name", "filepath", "image", "filename", "file", "image_id", "image_path", "id",
    "Image Path", "IMG-NAME", "imageName", "isic_id", "id_code", "Image Index", "filepaths",
  ]
  static let labelNames = [
    "label", "target", "class", "dx", "labels", "category", "diagnosis", "class_name", "Class Name",
    "className", "choice", "level", "breed",
  ]
  static let groupNames = [
    "group", "patient_id", "subject_id", "PatientID", "Patient ID", "patient", "subject",
    "lesion_id",
    "case_id", "slide_id", "study_id", "mrn", "MRN", "participant", "patient-nr", "video_id",
  ]

  @Test(arguments: pathNames) func pathsAreKnownByName(name: String) throws {
    #expect(try use("\(name),label,x,y") == "\(name) as path, label as label; no group, no split")
  }

  @Test(arguments: labelNames) func labelsAreKnownByName(name: String) throws {
    #expect(try use("path,\(name),x,y") == "path as path, \(name) as label; no group, no split")
  }

  @Test(arguments: groupNames) func groupsAreKnownByName(name: String) throws {
    #expect(
      try use("path,label,\(name),y")
        == "path as path, label as label, \(name) as group; no split")
  }

  @Test func theBetterNameWinsAndEmptyColumnsArePassedOver() throws {
    #expect(
      try use("id,dx,lesion_id,patient_id", ["a.png,x,l,p", "b.png,y,l,p"])
        == "id as path, dx as label, patient_id as group; no split")
    #expect(
      try use("path,label,group,patient_id", ["a.png,x,,p", "b.png,y,,p"])
        == "path as path, label as label, patient_id as group; no split")
    #expect(
      try use("path,label,dx,y", ["a.png,,x,1", "b.png,,y,1"])
        == "path as path, dx as label; no group, no split")
    // A name of its own for each image groups nothing.
    #expect(
      try use("path,label,case_id,mrn", ["a.png,x,1,p", "b.png,y,2,p"])
        == "path as path, label as label, mrn as group; no split")
    // An id that names no file, beside a column that does.
    #expect(
      try use("image_id,label,fname,y", ["7,x,a.png,1", "8,y,b.png,1"])
        == "fname as path, label as label; no group, no split")
  }

  @Test func columnsAreChosen() throws {
    let rows = ["q,x,p,a.png", "q,y,p,b.png"]
    let names = ColumnNames(path: "where", label: "what", group: "WHO", split: nil)
    #expect(
      try use("q,what,who,where", rows, columns: names)
        == "where as path, what as label, who as group; no split")
    // A choice wins over a known name.
    #expect(
      try use("path,label,patient_id,site", columns: ColumnNames(group: "site"))
        == "path as path, label as label, site as group; no split")
    #expect(
      try use(
        "path,a,b,c", ["a.png,1,0,TRUE", "b.png,0,1,FALSE"],
        columns: ColumnNames(labelColumns: ["a", "b"]))
        == "path as path, a, b as label, one column a class; no group, no split")
    #expect(
      try use(
        "path,label,when,y", ["a.png,x,train,1", "b.png,x,test,1"],
        columns: ColumnNames(split: "when"))
        == "path as path, label as label, when as split; no group")
  }

  @Test func choicesThatCannotBeAreNamed() throws {
    #expect(
      try use("path,label,x,y", columns: ColumnNames(group: "patient"))
        == "DIR/t.csv:1: no column 'patient' for the group; found: path, label, x, y")
    #expect(
      try use("path,label,proband,y", columns: ColumnNames(group: "probant"))
        == "DIR/t.csv:1: no column 'probant' for the group; did you mean 'proband'?"
        + " found: path, label, proband, y")
    #expect(
      try use("path,label,x,y", columns: ColumnNames(label: "x", group: "x"))
        == "DIR/t.csv:1: the column 'x' is asked for as label and as group; name another for one of"
        + " them")
    #expect(
      try use("path,label,x,y", columns: ColumnNames(label: "x", labelColumns: ["x", "y"]))
        == "label columns: expected either one column with the class, or one column a class, not both,"
        + " got x,y")
    #expect(
      try use("path,label,x,y", columns: ColumnNames(labelColumns: ["x"]))
        == "label columns: expected at least two, one a class, got x")
    try withTemporaryFolder { folder in
      try Fixture.images(["a/1.png", "b/2.png"], in: folder)
      #expect(
        Fixture.message(folder, columns: ColumnNames(group: "g"))
          == "DIR: is no table, so it has no column g")
    }
  }

  @Test func missingColumnsSayWhatThereIs() throws {
    #expect(
      try use("path,thing,x,y").hasPrefix(
        "DIR/t.csv:1: no label column; found: path, thing, x, y; known names: label, target, class, dx,"
          + " labels, category, diagnosis, class_name, "))
    #expect(
      try use("photo,label,x,y").hasPrefix(
        "DIR/t.csv:1: no image path column; found: photo, label, x, y; by their cells it may be: photo;"
          + " known names: path, file_name, filepath, image, "))
    #expect(
      try use("path,,label,", ["a.png,1,x,", "b.png,2,y,"])
        == "path as path, label as label; no group, no split")
    #expect(
      try use("path, label,label,y")
        == "DIR/t.csv:1: without the blanks around names two columns are called 'label'; rename one"
    )
  }

  @Test func columnsLeftAloneAreListed() throws {
    try withTemporaryFolder { folder in
      let data = try Fixture.table(
        [["path", "label", "", "age"], ["a.png", "x", "7", "3"], ["b.png", "y", "8", "4"]],
        in: folder)
      #expect(data.reading.tables[0].leftAlone == ["column 3 (no name)", "age"])
      #expect(data.reading.tables[0].leftAloneText == "column 3 (no name), age")
      #expect(data.examples[0].attributes == ["age": "3"])
      let plain = try Fixture.table([["path", "label"], ["a.png", "x"]], in: folder)
      #expect(plain.reading.tables[0].leftAloneText == "none")
    }
  }
}
