// A handler of the rehearsal that is a module.
export const handler = async (event) => event;
