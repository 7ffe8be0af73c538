// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "analysis/embeddingspace.h"
#include "embeddings/backgroundwork.h"
#include "runs/embeddingrun.h"

#include <QObject>

#include <memory>

namespace diptych {

/// Embeds the items with one model and works out what is shown about them. Starts by itself; destroying cancels.
class SpaceJob : public QObject
{
    Q_OBJECT
public:
    SpaceJob(Provider &provider, const EmbeddingRequest &request, QObject *parent = nullptr);
    ~SpaceJob() override;

    void resume(); ///< after a failure: asks for the rest
    [[nodiscard]] bool isFinished() const { return m_isFinished; }
    [[nodiscard]] const std::optional<Error> &error() const { return m_error; }
    [[nodiscard]] const EmbeddingRun &run() const { return m_run; }
    /// Null before it is finished and after a failure.
    [[nodiscard]] std::shared_ptr<const EmbeddingSpace> space() const { return m_space; }

Q_SIGNALS:
    void replyStarted(diptych::Reply *reply, const diptych::EmbeddingRequest &request);
    void progressChanged(int done, int total);
    void analysisStarted();
    void finished();

private:
    void analyse();
    void take(std::shared_ptr<const EmbeddingSpace> space);

    EmbeddingRun m_run;
    BackgroundWork<std::shared_ptr<const EmbeddingSpace>> m_work;
    std::shared_ptr<const EmbeddingSpace> m_space;
    std::optional<Error> m_error;
    bool m_isFinished = false;
};

} // namespace diptych
