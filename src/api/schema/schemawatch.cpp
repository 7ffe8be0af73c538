// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/schema/schemawatch.h"

#include "api/schema/schemafollower.h"

namespace diptych {

SchemaWatch::SchemaWatch(JsonSchema schema)
    : m_schema(std::move(schema))
    , m_follower(std::make_unique<SchemaFollower>(m_schema.compiled()))
    , m_push(std::make_unique<JsonPush>(*m_follower))
{
}

SchemaWatch::~SchemaWatch() = default;
SchemaWatch::SchemaWatch(SchemaWatch &&) noexcept = default;
SchemaWatch &SchemaWatch::operator=(SchemaWatch &&) noexcept = default;

void SchemaWatch::add(QStringView text)
{
    if (state() != State::Violates)
        m_push->add(text);
}

void SchemaWatch::finish()
{
    m_push->finish();
    m_isFinished = true;
}

SchemaWatch::State SchemaWatch::state() const
{
    if (m_follower->certain())
        return State::Violates;
    if (m_push->mistakeAt() >= 0)
        return State::NotJson;
    if (m_push->isComplete())
        return State::Valid;
    if (m_isFinished)
        return State::Cut;
    return m_push->isEmpty() ? State::Empty : State::ValidSoFar;
}

const SchemaFault &SchemaWatch::fault() const
{
    static const SchemaFault none;
    return m_follower->certain() ? m_follower->certain()->fault : none;
}

TextSpan SchemaWatch::span() const
{
    if (m_follower->certain())
        return m_follower->certain()->span;
    const qsizetype mistake = m_push->mistakeAt();
    return mistake < 0 ? TextSpan {} : TextSpan {mistake, mistake + 1};
}

} // namespace diptych
