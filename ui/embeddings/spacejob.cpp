// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "embeddings/spacejob.h"

namespace diptych {

SpaceJob::SpaceJob(Provider &provider, const EmbeddingRequest &request, QObject *parent)
    : QObject(parent)
    , m_run(provider, request)
{
    connect(&m_run, &EmbeddingRun::replyStarted, this, &SpaceJob::replyStarted);
    connect(&m_run, &EmbeddingRun::progressChanged, this, &SpaceJob::progressChanged);
    connect(&m_run, &EmbeddingRun::finished, this, &SpaceJob::analyse);
}

SpaceJob::~SpaceJob() = default;

void SpaceJob::resume()
{
    if (!m_isFinished || !m_error)
        return;
    m_isFinished = false;
    m_error.reset();
    m_run.resume();
}

void SpaceJob::analyse()
{
    if (const auto result = m_run.result(); !result) {
        m_error = result.error();
        m_isFinished = true;
        Q_EMIT finished();
        return;
    }
    Q_EMIT analysisStarted();
    const EmbeddingResponse &response = m_run.response();
    m_work.start(
        isSmallWork(response.count(), response.dimensions),
        [values = response.values, width = response.dimensions](const std::stop_token &stop) {
            const auto space = analyseEmbeddings({values, width}, stop);
            return space ? std::make_shared<const EmbeddingSpace>(*space) : nullptr;
        },
        [this](const std::shared_ptr<const EmbeddingSpace> &space) { take(space); });
}

void SpaceJob::take(std::shared_ptr<const EmbeddingSpace> space)
{
    m_space = std::move(space);
    if (!m_space)
        m_error =
            Error {.kind = Error::Kind::Protocol, .message = tr("The embeddings hold values that are not numbers.")};
    m_isFinished = true;
    Q_EMIT finished();
}

} // namespace diptych
