// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/probecommand.h"

#include "api/capabilitybook.h"
#include "cli/clioptions.h"
#include "cli/report.h"
#include "models/capabilitiesmodel.h"
#include "models/probeplanmodel.h"
#include "providers/registry.h"

#include <algorithm>

namespace diptych {

namespace {

constexpr int stateWidth = 11;
constexpr int abilityWidth = 26;

QString stateName(CapabilityState::State state)
{
    switch (state) {
    case CapabilityState::State::Supported:
        return QStringLiteral("supported");
    case CapabilityState::State::Refused:
        return QStringLiteral("refused");
    case CapabilityState::State::Unknown:
        break;
    }
    return QStringLiteral("unknown");
}

/// Without the key a question would get the same refusal again; without the list the type stays open.
bool endsBeforeAsking(const Error &error)
{
    return error.kind == Error::Kind::Authentication || error.kind == Error::Kind::Network
        || error.kind == Error::Kind::Tls || error.kind == Error::Kind::Cancelled;
}

} // namespace

void ProbeCommand::addOptions(QCommandLineParser &parser)
{
    clioptions::addModel(parser, QStringLiteral("guide"));
    parser.addOption({QStringLiteral("only"),
        tr("Ask only about these, separated by commas: tools, json_schema, images … as in the plan."),
        tr("abilities")});
    parser.addOption({{QStringLiteral("y"), QStringLiteral("yes")}, tr("Ask; without it only the plan is written.")});
    parser.addOption({QStringLiteral("json"), tr("Write one line of JSON for each question or finding.")});
    Recorder::addOptions(parser);
    CliEndpoint::addOptions(parser);
}

CommandResult ProbeCommand::make(const QCommandLineParser &parser, Console &console)
{
    if (!clioptions::arguments(parser).isEmpty())
        return usageError(tr("probe takes no arguments; name a model with -m."));
    Options options {.model = clioptions::model(parser, QStringLiteral("guide")),
        .only = parser.value(QStringLiteral("only")).split(u',', Qt::SkipEmptyParts),
        .isConfirmed = parser.isSet(QStringLiteral("yes")),
        .isJson = parser.isSet(QStringLiteral("json"))};
    const ProbePlan everything = probePlan({}, ModelType::Unknown);
    for (const QString &ability : options.only) {
        const bool isKnown = std::any_of(
            everything.begin(), everything.end(), [&ability](const Probe &probe) { return probe.ability == ability; });
        if (!isKnown)
            return usageError(tr("There is no question about \"%1\".").arg(ability));
    }
    Result<std::unique_ptr<CliEndpoint>> endpoint = CliEndpoint::open(parser, console);
    if (!endpoint)
        return Failure(endpoint.error());
    return std::unique_ptr<Command>(
        new ProbeCommand(console, std::move(*endpoint), std::move(options), Recorder(parser)));
}

ProbeCommand::ProbeCommand(Console &console, std::unique_ptr<CliEndpoint> endpoint, Options options, Recorder recorder)
    : Command(console)
    , m_endpoint(std::move(endpoint))
    , m_options(std::move(options))
    , m_recorder(std::move(recorder))
{
}

void ProbeCommand::start()
{
    m_models = m_endpoint->provider().listModels();
    reportRetries(*m_models, console());
    connect(m_models.get(), &Reply::finished, this, &ProbeCommand::takeModels);
}

void ProbeCommand::interrupt()
{
    if (m_probe)
        m_probe->cancel();
    else
        m_models->cancel();
}

void ProbeCommand::takeModels()
{
    m_recorder.take(*m_models);
    const Result<std::vector<ModelDescription>> models = m_models->result();
    if (!models && endsBeforeAsking(models.error())) {
        fail(models.error());
        return;
    }
    const ModelDescription *description = nullptr;
    if (models) {
        const auto found = std::find_if(models->begin(), models->end(),
            [this](const ModelDescription &model) { return model.id == m_options.model; });
        description = found == models->end() ? nullptr : &*found;
    }
    // What was asked for by name is asked, whatever the type says.
    const ModelType type = description && m_options.only.isEmpty() ? description->type : ModelType::Unknown;
    ProbePlan plan = probePlan(m_options.model, type);
    if (!m_options.only.isEmpty())
        std::erase_if(plan, [this](const Probe &probe) { return !m_options.only.contains(probe.ability); });
    if (m_options.isConfirmed) {
        ask(plan);
        return;
    }
    const Endpoint &endpoint = m_endpoint->provider().endpoint();
    const std::vector<ProviderDescriptor> descriptors = providerDescriptors();
    printPlan(plan,
        PriceTable().charge(endpoint, m_options.model, findDescriptor(descriptors, endpoint.provider()), description));
    end(ExitCode::Ok);
}

void ProbeCommand::printPlan(const ProbePlan &plan, const Charge &charge)
{
    TerminalOutput &out = console().out;
    for (const Probe &probe : plan) {
        if (m_options.isJson) {
            out.writeLine(
                jsonLine({{QStringLiteral("ability"), probe.ability}, {QStringLiteral("question"), probe.question},
                    {QStringLiteral("requests"), static_cast<int>(probe.calls.size())},
                    {QStringLiteral("prompt_tokens"), probe.promptTokens},
                    {QStringLiteral("completion_tokens"), probe.completionTokens}}));
        } else {
            out.writeLine(QString(probe.ability.leftJustified(abilityWidth) + probe.question));
        }
    }
    console().err.writeLine(ProbePlanModel(plan).totalsText(charge));
    console().err.writeLine(tr("Nothing was asked; --yes asks."));
}

void ProbeCommand::ask(const ProbePlan &plan)
{
    m_probe =
        std::make_unique<CapabilityProbe>(m_endpoint->provider(), ModelRef {.model = m_options.model}, plan, nullptr);
    connect(m_probe.get(), &CapabilityProbe::replyStarted, this,
        [this](Reply *reply) { connect(reply, &Reply::finished, this, [this, reply] { m_recorder.take(*reply); }); });
    connect(m_probe.get(), &CapabilityProbe::found, this, &ProbeCommand::print);
    connect(m_probe.get(), &CapabilityProbe::finished, this, &ProbeCommand::finishProbe);
}

void ProbeCommand::print(const ProbeFinding &finding)
{
    const CapabilityState &state = finding.state;
    if (m_options.isJson) {
        console().out.writeLine(jsonLine({{QStringLiteral("ability"), finding.ability},
            {QStringLiteral("state"), stateName(state.state)}, {QStringLiteral("evidence"), state.evidence},
            {QStringLiteral("at"), state.seenAt.toString(Qt::ISODateWithMs)}}));
        return;
    }
    console().out.writeLine(QStringLiteral("%1%2%3").arg(capabilityStateText(state.state).leftJustified(stateWidth),
        finding.ability.leftJustified(abilityWidth), state.evidence.simplified()));
}

void ProbeCommand::finishProbe()
{
    if (const std::optional<Error> error = m_probe->error()) {
        fail(*error);
        return;
    }
    end(ExitCode::Ok);
}

void ProbeCommand::fail(const Error &error)
{
    reportError(console(), error);
    end(exitCodeFor(error));
}

void ProbeCommand::end(ExitCode code)
{
    Q_EMIT finished(m_recorder.save(console(), code));
}

} // namespace diptych
