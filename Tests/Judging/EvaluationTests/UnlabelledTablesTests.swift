import Evaluation
import Testing

/// Tables without a truth whose other columns have names as those of a truth have.
@Suite("Tables without a truth")
struct UnlabelledTablesTests {
  private func read(_ text: String) throws(PredictionsError) -> Predictions {
    try Predictions.read(bytes: Array(text.utf8), name: "t.csv")
  }

  private func message(_ text: String) -> String {
    do throws(PredictionsError) {
      return "no error: \(try read(text).classes)"
    } catch {
      return error.description
    }
  }

  @Test(
    "columns of words or numbers are carried along, whatever they are called",
    arguments: [
      "label_source,label_date", "target_size,target_place", "true_age,true_sex", "cat,dog",
      "a_label,b_label", "gt_x,gt_y,truth_x", "Label_Source,LABEL_DATE",
    ])
  func notTheTruth(names: String) throws {
    let columns = names.split(separator: ",").map(String.init)
    for cells in ["site", "0.5", "7", ""] {
      let row = columns.map { _ in cells }.joined(separator: ",")
      for scores in ["prob_cat,prob_dog", "logit_cat,logit_dog"] {
        let found = try read(
          "path,y_pred,\(scores),\(names)\nx,cat,0.75,0.25,\(row)\ny,dog,0.25,0.75,\(row)\n")
        #expect(found.truths == [nil, nil] && found.predicted == [0, 1])
        #expect(found.columns.map(\.name) == columns)
        #expect(found.columns.allSatisfy { $0.values == [cells, cells] })
      }
    }
  }

  @Test("what is written of unlabelled images is read back with its columns")
  func roundTrip() throws {
    let predictions = try Predictions(
      classes: ["cat", "dog"], paths: ["x", "y"], probabilities: [0.75, 0.25, 0.5, 0.5],
      columns: [
        .init("label_source", ["site", "home"]), .init("label_date", ["2020", "2021"]),
        .init("dog", ["rex", ""]), .init("cat", ["", "tom"]),
      ])
    #expect(try read(predictions.text()) == predictions)
  }

  @Test("columns of 0 and 1 under these names are the truth, in any order of the classes")
  func theTruth() throws {
    for header in ["true_dog,true_cat", "label_dog,label_cat", "dog_gt,cat_gt", "dog,cat"] {
      let found = try read(
        "path,prob_cat,prob_dog,\(header)\nx,0.75,0.25,0,1\ny,0.25,0.75,1,0\nz,0.25,0.75,0,0\n")
      #expect(found.truths == [0, 1, nil], "\(header)")
      #expect(found.columns.isEmpty, "\(header)")
    }
  }

  @Test("a column of labels is the truth, and columns beside it are carried along")
  func besideATruth() throws {
    let found = try read(
      "path,y_true,prob_cat,prob_dog,true_age,true_sex\nx,cat,0.75,0.25,0,1\n")
    #expect(found.truths == [0] && found.columns.map(\.name) == ["true_age", "true_sex"])
  }

  @Test(
    "columns of 0 and 1 of other classes are refused, and one such column alone is carried along")
  func otherClasses() throws {
    #expect(
      message("path,prob_cat,prob_dog,true_cat,true_cow\nx,0.75,0.25,1,0\n")
        == "t.csv:1: columns true_cat, true_cow hold the truth, and the classes with scores are cat, dog; both"
        + " must be the same classes")
    let one = try read("path,prob_cat,prob_dog,true_age\nx,0.75,0.25,1\n")
    #expect(one.truths == [nil] && one.columns.map(\.name) == ["true_age"])
  }

  @Test("names that the format needs are written so that no two are alike")
  func renamed() throws {
    let predictions = try Predictions(
      classes: ["a", "b"], paths: ["x"], truths: [0], probabilities: [0.75, 0.25],
      columns: [
        .init("y_pred", ["1"]), .init("data_y_pred", ["2"]), .init("Y_PRED", ["3"]),
        .init("data_data_y_pred", ["4"]),
      ])
    let header = predictions.text().split(separator: "\n")[0].split(separator: ",")
    #expect(Set(header).count == header.count, "\(header)")
    let again = try read(predictions.text())
    #expect(again.columns.map { $0.values[0] } == ["1", "2", "3", "4"])
    #expect(
      again.columns.map(\.name)
        == ["data_data_data_y_pred", "data_y_pred", "data_Y_PRED", "data_data_y_pred"])
  }
}
