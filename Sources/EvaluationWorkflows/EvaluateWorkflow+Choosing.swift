import Evaluation
import ExplanationQuality
import Explanations
import GraphExecution
import Workflows

extension EvaluateWorkflow {
  /// What is explained of each input; nil for a target of the user's own.
  func subject(for truth: JudgedTruth?) throws(WorkflowError) -> Subject? {
    guard request.targets.isEmpty else { return nil }
    let marksPictures = truth?.marksPictures == true
    let subject = subject ?? (marksPictures ? .truth : .top)
    guard subject != .truth || marksPictures else {
      throw WorkflowError(
        .invalidSetting, "--target truth explains what truth marks in pictures; give some (--truth)"
      )
    }
    return subject
  }

  /// The plan whose maps are judged: of the class that is given with each input, unless users say else.
  func explanations(
    _ model: Model, givesClasses: Bool, _ reporter: WorkflowReporter
  ) throws -> ExplanationPlan {
    var fitted = try request.choosing(
      for: model, beside: Self.methodsBesideEvidence, else: Self.standardMethods
    ).fitted(to: model, reporter)
    fitted.methods = fitted.methods.map { $0.drawing(from: seed) }
    var plan = try fitted.plan(for: model)
    if givesClasses {
      plan = try ExplanationPlan(
        model, methods: plan.methods, layers: fitted.layers, inputs: fitted.mapInputs,
        targets: [.given], form: fitted.form, upsampling: fitted.upsampling,
        background: plan.background)
    }
    plan.advise(on: model, reporter)
    guard plan.targets.count == 1 else {
      throw WorkflowError(.invalidSetting, "one target is judged at a time; name one --target")
    }
    guard Set(plan.items.map(\.input.name)).count == 1 else {
      throw WorkflowError(
        .invalidSetting, "maps of one input are judged at a time; name it with --map-input")
    }
    return plan
  }

  /// What of the network's answer is followed.
  func followed(
    of model: Model, _ subject: Subject?, _ reporter: WorkflowReporter
  ) throws(WorkflowError) -> FollowedScore {
    let hasProbability = subject != nil && model.hasProbabilities
    guard let scale else {
      if !hasProbability {
        reporter.note(
          "note: what is explained has no probability that the network's file vouches for; its raw number is "
            + "followed")
      }
      return hasProbability ? .probability : .raw
    }
    guard scale == .raw || hasProbability else {
      throw WorkflowError(
        .invalidSetting,
        "\(model.name) gives no probability of what is explained; --follow raw follows the number itself"
      )
    }
    return scale
  }
}
