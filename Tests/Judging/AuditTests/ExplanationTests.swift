import Audit
import Files
import TestSupport
import Testing

/// Which training examples stand behind an answer.
@Suite struct ExplanationTests {
  private func explanation(most: Int) -> Explanation {
    Explanation(
      .init(
        path: "d", given: "cat", predicted: "dog", probability: 0.75, explained: "cat",
        explainedProbability: 0.25, part: "train"),
      by: .init(
        paths: ["a", "b", "c", "d", "e"], given: ["cat", "dog", "cat", "cat", "dog"],
        influence: [2, -3, 0, 100, 5], similarity: [0.5, 0.9, -0.25, 1, 0.5]),
      selfInfluence: 100, weights: "the final weights alone", most: most)
  }

  /// Helpful ones by what they help, harmful ones by what they harm, the near by similarity; the example itself in no list.
  @Test func listsInOrder() {
    let all = explanation(most: 10)
    #expect(all.rows(of: .helpful).map(\.path) == ["e", "a"])
    #expect(all.rows(of: .harmful).map(\.path) == ["b"])
    #expect(all.rows(of: .near).map(\.path) == ["b", "a", "e", "c"])
    #expect(all.rows(of: .near).map(\.rank) == [1, 2, 3, 4])
    #expect(all.examples == 4 && all.helpful == 2 && all.harmful == 1)
    let few = explanation(most: 1)
    #expect(few.rows.map(\.path) == ["e", "b", "b"])
    // What is listed says nothing of how many there are.
    #expect(few.helpful == 2)
  }

  @Test func theTableOnTheDisk() throws {
    try withTemporaryFolder { folder in
      try explanation(most: 1).write(to: folder + "/explain.csv")
      let text = String(decoding: try FileBytes.read(folder + "/explain.csv"), as: UTF8.self)
      #expect(
        text == """
          kind,rank,path,given,influence,similarity
          helpful,1,e,dog,5.0,0.5
          harmful,1,b,dog,-3.0,0.9
          near,1,b,dog,-3.0,0.9

          """)
      let json = try JSONFile.encode(explanation(most: 2))
      let back = try JSONFile.decode(Explanation.self, from: Array(json), name: "explain.json")
      #expect(back == explanation(most: 2))
    }
  }

  @Test func mistakesAreSaid() {
    for (error, words) in [
      (
        AuditError.noSuchImage("x.png", run: "runs/a", examples: 4, nearest: "y.png"),
        "'x.png' is none of the 4 examples of runs/a; name it as split.csv of the run does, such as 'y.png'"
      ),
      (
        .noClosedForm(run: "runs/a", has: "3 heads"),
        "runs/a: its model has 3 heads; influence is explained at one linear, cosine, mixed or scaled head over a softmax: explain a run"
          + " of such a method, as erm or balanced-softmax"
      ),
      (
        .dataMoved(run: "runs/a", data: "old/f.csv", hint: "name them with --data"),
        "old/f.csv: no such file or folder, and the data of runs/a lay there; if they have moved, name them with --data"
      ),
      (
        .noTrainingImages(run: "runs/a"),
        "runs/a: no example of its data is in the training part, so nothing can explain an answer; name the data that it"
          + " learned from"
      ),
    ] {
      #expect(error.description == words)
    }
  }
}
