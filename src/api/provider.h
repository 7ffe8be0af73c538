// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/endpoint.h"
#include "api/modelmanager.h"
#include "api/reply.h"

#include <memory>

namespace diptych {

/// What would go over the wire for a request, without sending it. Secret header values read ***.
struct WirePreview {
    QByteArray method {};
    QUrl url {};
    HeaderList headers {};
    QByteArray body {};
    ChangeLog changeLog {};
    bool operator==(const WirePreview &) const = default;
};

/// An endpoint that can be asked. Every call returns a reply at once and sends nothing before the event loop runs
/// again; see Reply for the contract. A call that this wire format has no route for ends in Error::Kind::Unsupported.
class Provider
{
public:
    virtual ~Provider() = default;

    [[nodiscard]] virtual const Endpoint &endpoint() const = 0;

    /// `model` picks one of several where the route can (`GET /info?model=`); empty: the endpoint's own.
    [[nodiscard]] virtual std::unique_ptr<ModelInfoReply> info(const QString &model) = 0;
    [[nodiscard]] virtual std::unique_ptr<ModelListReply> listModels() = 0;
    [[nodiscard]] virtual std::unique_ptr<ChatReply> chat(const ChatRequest &request) = 0;
    [[nodiscard]] virtual std::unique_ptr<CompletionReply> complete(const CompletionRequest &request) = 0;
    [[nodiscard]] virtual std::unique_ptr<EmbeddingReply> embed(const EmbeddingRequest &request) = 0;
    [[nodiscard]] virtual std::unique_ptr<EmbeddingReply> embedImages(const ImageEmbeddingRequest &request) = 0;

    /// Chats are about to be asked, this many at once: opens connections ahead, where there are any, so that the time
    /// to connect is not counted against a model. Sends no request and reports nothing.
    virtual void warmUp(int chats) { Q_UNUSED(chats) }

    /// Null where the server can not be told to fetch or delete models.
    [[nodiscard]] virtual ModelManager *modelManager() { return nullptr; }

    /// What would be sent. Errors: InvalidRequest (extras collide with a field, …), Unsupported.
    [[nodiscard]] virtual Result<WirePreview> preview(const ChatRequest &request) const = 0;
    [[nodiscard]] virtual Result<WirePreview> preview(const CompletionRequest &request) const = 0;
    [[nodiscard]] virtual Result<WirePreview> preview(const EmbeddingRequest &request) const = 0;
};

} // namespace diptych
