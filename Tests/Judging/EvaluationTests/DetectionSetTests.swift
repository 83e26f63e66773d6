import Evaluation
import Files
import TestSupport
import Testing

@Suite("Tables of detections and lesions")
struct DetectionSetTests {
  private static let lesions = "image,lesion,patient_id\na,1,p\na,2,p\nb,,q\nc,1,q\n"
  private static let marks = "Image,Score,Lesion\na,0.9,1\nb,.8,\nc,0.7,1\na,0.9,1\n"

  private func read(
    _ marks: String = marks, _ lesions: String = lesions
  ) throws -> DetectionSet {
    try withTemporaryFolder { folder in
      try AtomicFile.write(marks, to: folder + "/m.csv")
      try AtomicFile.write(lesions, to: folder + "/l.csv")
      return try DetectionSet.read(folder + "/m.csv", lesions: folder + "/l.csv")
    }
  }

  @Test("images in order, lesions by image, marks with what they hit")
  func reading() throws {
    let set = try read()
    #expect(set.images == ["a", "b", "c"] && set.groups == ["p", "q", "q"])
    #expect(set.lesionImages == [0, 0, 2])
    #expect(set.detections.map(\.image) == [0, 1, 2, 0])
    #expect(set.detections.map(\.lesion) == [0, nil, 2, 0])
    #expect(set.curve.sensitivity(atFalsePositivesPerImage: 0) == 1.0 / 3)
    #expect(set.curve.sensitivity(atFalsePositivesPerImage: 1) == 2.0 / 3)
  }

  @Test("rows with identifiers of their own: the image counts; a later row may name the group")
  func identifiers() throws {
    let set = try read(
      "id,image,score,lesion\n1,a, 0.5 ,1\n2,a,0.4,\n",
      "id,image,lesion,patient_id\n7,a,1,\n8,a,2,p\n9,b,,q\n")
    #expect(set.images == ["a", "b"] && set.groups == ["p", "q"])
    #expect(set.groupColumn == "patient_id" && set.detections.count == 2)
  }

  @Test(
    "mistakes name file and line",
    arguments: [
      ("image,score,lesion\nz,1,\n", lesions, "m.csv:2: the image 'z' is not in"),
      ("image,score,lesion\nb,1,\nb,1,4\n", lesions, "m.csv:3: the image 'b' has no lesion '4' in"),
      (
        "image,score,lesion\nb,high,\n", lesions,
        "m.csv:2: expected a finite number as score, got 'high'"
      ),
      ("image,score,lesion\nb,nan,\n", lesions, "expected a finite number as score, got 'nan'"),
      (
        "image,score\nb,1\n", lesions,
        "m.csv:1: no column holds the lesions that marks hit; expected"
      ),
      ("image,score,lesion\nb,inf,\n", lesions, "expected a finite number as score, got 'inf'"),
      (marks, "image,lesion\n,1\n", "l.csv:2: the image has no name"),
      (
        marks, "image,lesion\na,\na,1\n",
        "l.csv:3: the image 'a' has a row without a lesion, and another"
      ),
      (
        marks, "image,lesion\na,1\na,\n",
        "l.csv:3: the image 'a' has a row without a lesion, and another"
      ),
      (
        marks, "image,lesion,group\na,1,p\na,2,q\n",
        "l.csv:3: the image 'a' is in group 'q' here and in 'p' before"
      ),
      (marks, "image,lesion\na,1\na,1\n", "l.csv:3: the image 'a' has the lesion '1' twice"),
      (marks, "image,lesion\n", "l.csv: has no rows, so there is nothing to measure"),
    ])
  func mistakes(marks: String, lesions: String, words: String) {
    let error = #expect(throws: FileError.self) { try read(marks, lesions) }
    #expect(error?.description.contains(words) ?? false, "\(error?.description ?? "")")
  }
}
