import Files
import Targets
import TestSupport
import Testing

/// A table of classes stays one; only what can be nothing else is taken for labels or numbers.
@Suite struct SketchTests {
  private func sketch(_ text: String) throws -> (labels: Bool, numbers: Bool) {
    try withTemporaryFolder { folder in
      let path = FilePath.join(folder, "t.csv")
      try AtomicFile.write(Array(text.utf8), to: path)
      let found = try TargetSketch(path)
      return (found.holdsLabels, found.holdsNumbers)
    }
  }

  @Test(arguments: [
    "path,true_a,true_b,prob_a,prob_b\nx,1,1,.9,.8\n",
    "path,true_a,true_b,prob_a,prob_b\nx,1,,.9,.1\n",
    "path,true_a,true_b,prob_a,prob_b\nx,-1,0,.9,.1\n",
    "path,true_a,true_b,prob_a,prob_b\nx,0,0,.2,.1\n",
    "path,y_true,prob_a,prob_b\nx,a,.9,.8\ny,a|b,.9,.8\n",
    "path,y_true,prob_a,prob_b\nx,\"[\"\"a\"\"]\",.9,.8\n",
  ]) func labels(_ text: String) throws {
    #expect(try sketch(text).labels)
  }

  @Test(arguments: [
    "path,true_a,true_b,prob_a,prob_b\nx,1,0,.9,.1\ny,0,1,.3,.7\n",
    "path,true_a,true_b,prob_a,prob_b\nx,0,0,.9,.1\n",
    "path,true_a,true_b,prob_a,prob_b\nx,,,.9,.1\n",
    "path,true_a,true_b,prob_a,prob_b\nx,1,0,.9,.2\n",
    "path,y_true,prob_a,prob_b\nx,a,.9,.1\ny,,.9,.1\n",
    "path,y_true,prob_a|b,prob_c\nx,a|b,.9,.1\n",
    "path,y_true,y_pred\nx,1,2\ny,0,1\n",
    "path,y_true,y_pred\nx,1.5,cat\n",
    "path,y_true,y_pred,prob_1.5\nx,1.5,1.5,.2\n",
  ]) func classes(_ text: String) throws {
    let found = try sketch(text)
    #expect(!found.labels && !found.numbers)
  }

  @Test(arguments: [
    "path,y_true,y_pred\nx,1.5,2\ny,0,1\n", "image,target,prediction\nx,1,2.25\ny,,1\n",
  ]) func numbers(_ text: String) throws {
    #expect(try sketch(text).numbers)
  }
}
