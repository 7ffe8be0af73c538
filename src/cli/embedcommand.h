// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cli/cliendpoint.h"
#include "cli/command.h"
#include "cli/recorder.h"

namespace diptych {

/// embed: a JSON line for each text, or a table of how alike they are.
class EmbedCommand : public Command
{
    Q_OBJECT
public:
    static void addOptions(QCommandLineParser &parser);
    [[nodiscard]] static CommandResult make(const QCommandLineParser &parser, Console &console);

    void start() override;
    void interrupt() override;

private:
    EmbedCommand(Console &console, std::unique_ptr<CliEndpoint> endpoint, EmbeddingRequest request,
        std::vector<ImageInput> images, bool showsSimilarity, Recorder recorder);
    std::unique_ptr<EmbeddingReply> ask();
    void finish();
    void writeVectors(const EmbeddingResponse &response);
    void writeSimilarity(const EmbeddingResponse &response);

    std::unique_ptr<CliEndpoint> m_endpoint;
    EmbeddingRequest m_request; // its texts are the labels of pictures
    std::vector<ImageInput> m_images; // asked for instead of the texts
    bool m_showsSimilarity;
    Recorder m_recorder;
    std::unique_ptr<EmbeddingReply> m_reply; // after the endpoint: dies first
};

} // namespace diptych
