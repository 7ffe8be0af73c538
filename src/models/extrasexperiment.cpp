// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/extrasexperiment.h"

#include <algorithm>

namespace diptych {

namespace {

constexpr std::array<ExtrasMode, 3> modes {ExtrasMode::Error, ExtrasMode::Drop, ExtrasMode::PassThrough};

ExtrasExperiment::Arm::State stateAfter(const std::optional<Error> &error)
{
    if (!error)
        return ExtrasExperiment::Arm::State::Answered;
    return error->kind == Error::Kind::Cancelled ? ExtrasExperiment::Arm::State::Cancelled
                                                 : ExtrasExperiment::Arm::State::Failed;
}

} // namespace

ExtrasExperiment::ExtrasExperiment(Connections &connections, QObject *parent)
    : QObject(parent)
    , m_connections(connections)
{
    for (std::size_t index = 0; index < modes.size(); ++index)
        m_arms[index].mode = modes[index];
    connect(&m_connections, &Connections::endpointAboutToChange, this, [this](const QString &endpointId) {
        if (endpointId == m_model.endpointId)
            cancel();
    });
}

ExtrasExperiment::~ExtrasExperiment() = default;

void ExtrasExperiment::start(const ModelRef &model, const ChatRequest &request)
{
    Provider *provider = m_connections.provider(model.endpointId);
    if (!provider)
        return;
    cancel();
    m_model = model;
    // All are running before the first receiver hears of one.
    for (Arm &arm : m_arms)
        arm = {.mode = arm.mode, .state = Arm::State::Running};
    for (std::size_t index = 0; index < m_arms.size(); ++index)
        startArm(index, *provider, request);
}

void ExtrasExperiment::startArm(std::size_t index, Provider &provider, ChatRequest request)
{
    Arm &arm = m_arms[index];
    request.extrasMode = arm.mode;
    if (const Result<WirePreview> preview = provider.preview(request)) {
        arm.body = preview->body;
        arm.header = headerValue(preview->headers, "extra-parameters");
    }
    m_replies[index] = provider.chat(request);
    ChatReply *reply = m_replies[index].get();
    arm.changes = reply->changeLog();
    const int number = static_cast<int>(index);
    connect(reply, &ChatReply::deltaReceived, this, [this, index, number] {
        m_arms[index].text = m_replies[index]->response().text();
        Q_EMIT armChanged(number);
    });
    connect(reply, &Reply::finished, this, [this, index] { finishArm(index); });
    Q_EMIT replyStarted(
        reply, tr("Extras \"%1\": %2").arg(extrasModeName(arm.mode), m_connections.displayName(m_model)));
    Q_EMIT armChanged(number);
}

void ExtrasExperiment::finishArm(std::size_t index)
{
    Arm &arm = m_arms[index];
    // The reply is still emitting finished(): it goes when the event loop runs again.
    ChatReply *reply = m_replies[index].release();
    reply->deleteLater();
    const Exchange &exchange = reply->exchange();
    arm.state = stateAfter(reply->error());
    arm.error = reply->error();
    arm.text = reply->response().text();
    arm.changes = reply->changeLog();
    arm.status = exchange.status;
    arm.duration = exchange.phases.finished;
    if (!exchange.requestBody.isEmpty()) {
        arm.body = exchange.requestBody;
        arm.header = headerValue(exchange.requestHeaders, "extra-parameters");
    }
    Q_EMIT armChanged(static_cast<int>(index));
    if (!isRunning())
        Q_EMIT finished();
}

void ExtrasExperiment::cancel()
{
    for (const std::unique_ptr<ChatReply> &reply : m_replies) {
        if (reply)
            reply->cancel(); // finishArm() follows inside the call
    }
}

bool ExtrasExperiment::isRunning() const
{
    return std::any_of(m_arms.begin(), m_arms.end(), [](const Arm &arm) { return arm.state == Arm::State::Running; });
}

ChatRequest withLastQuestion(ChatRequest request, const QString &fallback)
{
    const auto last = std::find_if(request.messages.rbegin(), request.messages.rend(),
        [](const Message &message) { return message.role == Role::User; });
    if (last != request.messages.rend())
        request.messages.erase(last.base(), request.messages.end());
    else
        request.messages.push_back(Message::fromText(Role::User, fallback));
    return request;
}

} // namespace diptych
