// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "endpoints/connectiontest.h"

namespace diptych {

namespace {

using Verdict = ConnectionTest::Verdict;

constexpr int namedModels = 6;

Verdict praise(const std::vector<ModelDescription> &models)
{
    Verdict verdict {.grade = Verdict::Grade::Good};
    for (const ModelDescription &model : models)
        verdict.models.append(model.id);
    if (models.empty()) {
        verdict.grade = Verdict::Grade::Doubtful;
        verdict.title = ConnectionTest::tr("Connected, but the server has no models.");
        verdict.text = ConnectionTest::tr("Load a model in the server, or type a model's name above.");
        return verdict;
    }
    verdict.title = models.size() == 1 ? ConnectionTest::tr("Connected: 1 model.")
                                       : ConnectionTest::tr("Connected: %1 models.").arg(models.size());
    verdict.text = verdict.models.mid(0, namedModels).join(QStringLiteral(", "));
    if (verdict.models.size() > namedModels)
        verdict.text += QStringLiteral(" …");
    return verdict;
}

QString withAdvice(const Error &error)
{
    QStringList sentences {error.message.simplified()};
    if (error.httpStatus != 0)
        sentences.front() += QStringLiteral(" (HTTP %1)").arg(error.httpStatus);
    if (const QString advice = whatToDo(error); !advice.isEmpty())
        sentences.append(advice);
    return sentences.join(u'\n');
}

QString titleOf(const Error &error)
{
    switch (error.kind) {
    case Error::Kind::Authentication:
        return ConnectionTest::tr("The server answers, but does not accept the key.");
    case Error::Kind::Network:
        return ConnectionTest::tr("The server can not be reached.");
    case Error::Kind::Tls:
        return ConnectionTest::tr("No secure connection could be made.");
    case Error::Kind::Timeout:
        return ConnectionTest::tr("The server does not answer in time.");
    case Error::Kind::Protocol:
        return ConnectionTest::tr("Something answers, but not a model server of this kind.");
    case Error::Kind::RateLimited:
        return ConnectionTest::tr("The server answers, but wants fewer requests.");
    default:
        return ConnectionTest::tr("The server refused the question for its models.");
    }
}

/// A route that is missing may be the only one that is missing: serverless and managed endpoints often list nothing.
bool isMissingRoute(const Error &error)
{
    return error.kind == Error::Kind::Unsupported || error.httpStatus == 404 || error.httpStatus == 405
        || error.httpStatus == 424;
}

Verdict judge(const Error &error)
{
    if (isMissingRoute(error)) {
        return {.grade = Verdict::Grade::Doubtful,
            .title = ConnectionTest::tr("The server answers, but does not list its models."),
            .text = ConnectionTest::tr("It may work all the same: type a model's name above, add it and ask.\n%1")
                        .arg(withAdvice(error))};
    }
    return {.grade = Verdict::Grade::Bad, .title = titleOf(error), .text = withAdvice(error)};
}

} // namespace

ConnectionTest::ConnectionTest(Connections::ProviderFactory factory, QObject *parent)
    : QObject(parent)
    , m_factory(std::move(factory))
{
}

ConnectionTest::~ConnectionTest() = default;

void ConnectionTest::start(const Endpoint &endpoint)
{
    cancel();
    m_provider = m_factory(endpoint);
    m_reply = m_provider->listModels();
    connect(m_reply.get(), &Reply::finished, this, &ConnectionTest::take);
}

void ConnectionTest::cancel()
{
    m_reply.reset();
    m_provider.reset();
}

void ConnectionTest::take()
{
    const std::optional<Error> &error = m_reply->error();
    Verdict verdict = error ? judge(*error) : praise(m_reply->response());
    std::optional<std::vector<ModelDescription>> models;
    if (!error)
        models = m_reply->response();
    verdict.steps = connectionSteps(m_provider->endpoint(), m_reply->exchange(), error, models);
    const bool isModelMissing = !error
        && std::any_of(verdict.steps.begin(), verdict.steps.end(),
            [](const ConnectionStep &step) { return step.state == ConnectionStep::State::Failed; });
    if (isModelMissing) {
        verdict.grade = Verdict::Grade::Doubtful;
        verdict.title = tr("Connected, but the chosen model is not there.");
    }
    // The provider goes with the next test: it must not die while its reply is emitting.
    m_reply.release()->deleteLater();
    Q_EMIT finished(verdict);
}

} // namespace diptych
